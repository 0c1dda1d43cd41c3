"""What of a server a compiled package answers: plain functions, which nothing decorates any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, cast

import mcp.types as types
from fastmcp.prompts.base import Prompt
from fastmcp.resources import Resource, ResourceTemplate
from fastmcp.server.providers import Provider
from fastmcp.tools.base import Tool, ToolResult
from pydantic import PrivateAttr

from .compiled_offers import (
    Calling,
    CompiledPrompt,
    CompiledResource,
    CompiledTemplate,
    common,
)
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
        annotations = listed.get("annotations")
        made = cls(
            **common(listed),
            parameters=listed["inputSchema"],
            output_schema=listed.get("outputSchema"),
            annotations=Annotations(**annotations) if annotations is not None else None,
        )
        made._package, made._host = package, host
        return made

    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        """Let the package call it. Raises what the function raises, for the server to tell callers as it always did."""

        async def call(function: Callable[..., Any]) -> ToolResult:
            found: ToolResult = await self.made_of(function).run(arguments)
            return found

        calling = Calling(call)
        params = {"name": self.name, "arguments": arguments}
        answer = await calling.through(self._package, "tools/call", params)
        if calling.result is not None:
            return cast("ToolResult", calling.result)
        return ToolResult.from_mcp_result(types.CallToolResult.model_validate(answer))

    def made_of(self, function: Callable[..., Any]) -> Any:
        """The tool that the decorator made of its function."""
        if self._function_tool is None:
            made = FunctionTool.from_function(function, name=self.name)
            made.output_schema = self.output_schema
            made.serializer = self._host._serializer
            self._function_tool = made
        return self._function_tool


class CompiledTools(Provider):
    """What a compiled package offers, which is imported when it is first asked for.

    What the package imports is complete by then.

    Args:
        package: Its dotted name.
    """

    def __init__(self, package: str, host: Any) -> None:
        super().__init__()
        self._package, self._host = package, host
        self._tools: dict[str, CompiledTool] | None = None
        self._prompts: list[CompiledPrompt] = []
        self._resources: list[CompiledResource] = []
        self._templates: list[CompiledTemplate] = []

    def load(self) -> dict[str, CompiledTool]:
        """The tools by name."""
        if self._tools is None:
            server = import_module(self._package).build_server()
            listed = server.kernel.surface
            self._tools = {
                one["name"]: CompiledTool.of(server, self._host, one) for one in listed.tools
            }
            self._prompts = [CompiledPrompt.of(server, one) for one in listed.listed("prompts")]
            resources, templates = listed.listed("resources"), listed.listed("templates")
            self._resources = [CompiledResource.of(server, one) for one in resources]
            self._templates = [CompiledTemplate.of(server, one) for one in templates]
        return self._tools

    async def _list_tools(self) -> Sequence[Tool]:
        return list(self.load().values())

    async def _get_tool(self, name: str, version: Any = None) -> Tool | None:
        return self.load().get(name)

    async def _list_prompts(self) -> Sequence[Prompt]:
        self.load()
        return self._prompts

    async def _list_resources(self) -> Sequence[Resource]:
        self.load()
        return self._resources

    async def _list_resource_templates(self) -> Sequence[ResourceTemplate]:
        self.load()
        return self._templates
