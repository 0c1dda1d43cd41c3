"""The tools of a server that a compiled package answers: plain functions, which nothing decorates any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, cast

import mcp.types as types
from fastmcp.server.dependencies import fastmcp_request_ctx
from fastmcp.server.providers import Provider
from fastmcp.tools.base import Tool, ToolResult
from pydantic import PrivateAttr

from .tools import Annotations, FunctionTool


class CompiledTool(Tool):
    """One of them, listed as the package lists it."""

    _package: Any = PrivateAttr()
    _host: Any = PrivateAttr()
    _function_tool: Any = PrivateAttr(default=None)

    @classmethod
    def of(cls, package: Any, host: Any, listed: dict[str, Any]) -> CompiledTool:
        """The tool that a package lists.

        Args:
            package: The compiled server.
            host: The server that the functions were decorated by.
        """
        meta = dict(listed.get("_meta") or {})
        own = cast("dict[str, Any]", meta.pop("_fastmcp", None) or meta.pop("fastmcp", None) or {})
        annotations = listed.get("annotations")
        made = cls(
            name=listed["name"],
            title=listed.get("title"),
            description=listed.get("description"),
            parameters=listed["inputSchema"],
            output_schema=listed.get("outputSchema"),
            annotations=Annotations(**annotations) if annotations is not None else None,
            icons=[types.Icon.model_validate(one) for one in listed.get("icons") or ()] or None,
            tags=set(own.get("tags", ())),
            meta=meta or None,
        )
        made._package, made._host = package, host
        return made

    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        """Let the package call it. Raises what the function raises, for the server to tell callers as it always did."""
        calling = _Calling(self, arguments)
        params = {"name": self.name, "arguments": arguments}
        asked = fastmcp_request_ctx.get(None)
        answer = await self._package.answer_asked("tools/call", params, asked, calling)
        if calling.raised is not None:
            raise calling.raised
        if calling.result is not None:
            return calling.result
        return ToolResult.from_mcp_result(types.CallToolResult.model_validate(answer))

    def made_of(self, function: Callable[..., Any]) -> Any:
        """The tool that the decorator made of its function."""
        if self._function_tool is None:
            made = FunctionTool.from_function(function, name=self.name)
            made.output_schema = self.output_schema
            made.serializer = self._host._serializer
            self._function_tool = made
        return self._function_tool


class _Calling:
    """A call on its way through the package, and back for its function to be called as fastmcp called it."""

    def __init__(self, tool: CompiledTool, arguments: dict[str, Any]) -> None:
        self._tool, self._arguments = tool, arguments
        self.result: ToolResult | None = None
        self.raised: Exception | None = None

    async def call_function(self, function: Callable[..., Any]) -> dict[str, Any]:
        """Call the function; what comes of it is kept as it is."""
        try:
            self.result = await self._tool.made_of(function).run(self._arguments)
        except Exception as error:
            self.raised = error
        return {"content": []}


class CompiledTools(Provider):
    """The tools of a compiled package, which is imported when they are first asked for.

    What the package imports is complete by then.

    Args:
        package: Its dotted name.
    """

    def __init__(self, package: str, host: Any) -> None:
        super().__init__()
        self._package, self._host = package, host
        self._tools: dict[str, CompiledTool] | None = None

    def load(self) -> dict[str, CompiledTool]:
        """The tools by name."""
        if self._tools is None:
            server = import_module(self._package).build_server()
            listed = server.kernel.surface.tools
            self._tools = {one["name"]: CompiledTool.of(server, self._host, one) for one in listed}
        return self._tools

    async def _list_tools(self) -> Sequence[Tool]:
        return list(self.load().values())

    async def _get_tool(self, name: str, version: Any = None) -> Tool | None:
        return self.load().get(name)
