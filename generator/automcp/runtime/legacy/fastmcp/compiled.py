"""The tools of a server that a compiled package answers: plain functions, which nothing decorates any more."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from mcp.types import CallToolResult

from .. import types
from ..errors import ToolError
from ..functions.mcp1 import failed
from ..main_module import know_the_main_module


class CompiledTool:
    """One of them, listed as the package lists it."""

    def __init__(self, server: Any, listed: dict[str, Any]) -> None:
        tool = types.Tool.model_validate(listed)
        self.name: str = tool.name
        self.title: str | None = tool.title
        self.description: str | None = tool.description
        self.parameters: dict[str, Any] = tool.input_schema
        self.output_schema: dict[str, Any] | None = tool.output_schema
        self.annotations = tool.annotations
        self.icons = tool.icons
        self.meta: dict[str, Any] | None = tool.meta
        self._server = server

    async def run(
        self, arguments: dict[str, Any], context: Any = None, convert_result: bool = False
    ) -> Any:
        """Call it. Returns content, content and structured content, or a result.

        Raises:
            ToolError: It failed; the text says why.
        """
        asked = getattr(getattr(context, "_request_context", None), "now", None)
        params = {"name": self.name, "arguments": arguments}
        answer = await self._server.answer_call(params, asked, context)
        result = types.CallToolResult.model_validate(answer)
        text = _only_text(result)
        if result.is_error and text is not None and text.startswith(failed(self.name, "")):
            raise ToolError(text)
        if result.is_error or result.meta:
            return result
        if self.output_schema is None:
            return result.content
        return result.content, result.structured_content


def compiled_tools(package: str) -> Iterator[CompiledTool]:
    """The tools of a compiled package, which is imported now.

    Args:
        package: Its dotted name.
    """
    know_the_main_module()
    server = import_module(package).build_server()
    for listed in server.kernel.surface.tools:
        yield CompiledTool(server, listed)


def _only_text(result: CallToolResult) -> str | None:
    """The text of a result that has nothing else."""
    if len(result.content) != 1 or result.structured_content is not None:
        return None
    return getattr(result.content[0], "text", None)
