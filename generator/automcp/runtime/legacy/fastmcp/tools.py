"""The tools of a `FastMCP`: schemas by `mcp` 2, which derives what `mcp` 1 did; calls and failures as they were."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import pydantic_core
from mcp import UrlElicitationRequiredError
from mcp.server.mcpserver.tools import Tool as Now
from mcp.types import CallToolResult
from typing_extensions import override

from ..errors import ToolError
from ..functions.mcp1 import called, failed
from ..listed import said
from .compiled import Package
from .context import context_parameter
from .outputs import as_before

logger = logging.getLogger(__name__)


class Tool(Now):
    """A function as a tool."""

    @classmethod
    @override
    def from_function(
        cls,
        fn: Callable[..., Any],
        name: str | None = None,
        title: str | None = None,
        description: str | None = None,
        context_kwarg: str | None = None,
        annotations: Any = None,
        icons: Any = None,
        meta: dict[str, Any] | None = None,
        structured_output: bool | None = None,
    ) -> Any:
        context_kwarg = context_kwarg or context_parameter(fn)
        made = super().from_function(
            fn,
            name=name,
            title=title,
            description=description,
            context_kwarg=context_kwarg,
            annotations=annotations,
            icons=icons,
            meta=meta,
            structured_output=structured_output,
        )
        made.fn_metadata = as_before(fn, made.fn_metadata, context_kwarg, structured_output)
        return made

    @override
    async def run(
        self, arguments: dict[str, Any], context: Any = None, convert_result: bool = False
    ) -> Any:
        """Call the function, in the event loop as `mcp` 1 did.

        Raises:
            ToolError: It failed; the text says why.
        """
        more = {} if self.context_kwarg is None else {self.context_kwarg: context}
        try:
            result = await called(self.fn, self.fn_metadata, arguments, more)
            return self._converted(result) if convert_result else result
        except UrlElicitationRequiredError:
            raise
        except Exception as error:
            raise ToolError(failed(self.name, error)) from error

    def _converted(self, result: Any) -> Any:
        converted = self.fn_metadata.convert_result(result)
        if isinstance(result, CallToolResult) or not isinstance(converted, CallToolResult):
            return converted
        if self.output_schema is not None:
            return converted.content, converted.structured_content
        schema = said("tools", self.name).get("outputSchema")
        if schema is None:
            return converted.content
        # The old SDK derived a schema where this one derives none: its answers had what the schema says.
        plain = pydantic_core.to_jsonable_python(result, by_alias=True)
        wrapped = schema.get("properties", {}).keys() == {"result"}
        return converted.content, {"result": plain} if wrapped else plain


class Tools:
    """The tools of a server, by name.

    Args:
        compiled: A compiled package that answers further ones. It is asked when tools are first looked at: what it
            imports is complete by then.
    """

    def __init__(
        self,
        tools: Iterable[Any] = (),
        warn_on_duplicate_tools: bool = True,
        compiled: Package | None = None,
    ) -> None:
        self._registered: dict[str, Any] = {tool.name: tool for tool in tools}
        self._compiled = compiled
        self.warn_on_duplicate_tools = warn_on_duplicate_tools

    @property
    def _tools(self) -> dict[str, Any]:
        if self._compiled is not None:
            found = {tool.name: tool for tool in self._compiled.tools()}
            self._compiled = None
            self._registered = {**self._registered, **found}
        return self._registered

    def get_tool(self, name: str) -> Any:
        """The tool of that name; `None` if there is none."""
        return self._tools.get(name)

    def list_tools(self) -> list[Any]:
        """All of them."""
        return list(self._tools.values())

    def add_tool(self, fn: Callable[..., Any], **words: Any) -> Any:
        """Make a function a tool; one that is there already stays."""
        tool = Tool.from_function(fn, **words)
        existing = self._registered.setdefault(tool.name, tool)
        if existing is not tool and self.warn_on_duplicate_tools:
            logger.warning("Tool already exists: %s", tool.name)
        return existing

    def remove_tool(self, name: str) -> None:
        """Take a tool away. Raises `ToolError` if there is none of that name."""
        if name not in self._tools:
            raise ToolError(f"Unknown tool: {name}")
        del self._tools[name]

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any],
        context: Any = None,
        convert_result: bool = False,
    ) -> Any:
        """Call a tool. Raises `ToolError` if there is none of that name, or it fails."""
        tool = self.get_tool(name)
        if tool is None:
            raise ToolError(f"Unknown tool: {name}")
        return await tool.run(arguments, context=context, convert_result=convert_result)


ToolManager = Tools
base = sys.modules[__name__]
"""`mcp` 1 had these in modules of their own."""


def __getattr__(name: str) -> Any:
    return import_module("..elsewhere", __package__).elsewhere(name)
