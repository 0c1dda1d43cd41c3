"""The tools of a low-level server that a compiled package answers: plain functions of their arguments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from importlib import import_module
from typing import Any

from mcp import UrlElicitationRequiredError
from mcp.types import CallToolRequestParams

from . import calls, types
from .context import request_ctx


class CompiledCalls:
    """Lists and answers them.

    Args:
        package: The dotted name of the package. It is imported when tools are first asked for: what it imports is
            complete by then.
    """

    def __init__(self, package: str) -> None:
        self._name = package

    @cached_property
    def _package(self) -> Any:
        return import_module(self._name).build_server()

    @cached_property
    def tools(self) -> dict[str, Any]:
        """The tools by name."""
        listed = self._package.kernel.surface.tools
        return {one["name"]: types.Tool.model_validate(one) for one in listed}

    async def answer(self, params: CallToolRequestParams) -> Any:
        """The result of a call of one of them."""
        calling = _Calling(params, self.tools[params.name])
        asked = getattr(request_ctx.get(None), "now", None)
        said = {"name": params.name, "arguments": params.arguments or {}}
        answer = await self._package.answer_asked("tools/call", said, asked, calling)
        if calling.raised is not None:
            raise calling.raised
        if calling.result is not None:
            return calling.result
        return types.CallToolResult.model_validate(answer)


class _Calling:
    """A call on its way through the package, and back for its function to be called as `mcp` 1 called it."""

    def __init__(self, params: CallToolRequestParams, tool: Any) -> None:
        self._params, self._tool = params, tool
        self.result: Any = None
        self.raised: UrlElicitationRequiredError | None = None

    async def call_function(self, function: Callable[..., Awaitable[Any]]) -> dict[str, Any]:
        """Call the function; what comes of it is kept as it is."""

        async def of_arguments(_: str, arguments: dict[str, Any]) -> Any:
            return await function(arguments)

        try:
            self.result = await calls.answer(of_arguments, self._params, self._tool, True)
        except UrlElicitationRequiredError as error:
            self.raised = error
        return {"content": []}
