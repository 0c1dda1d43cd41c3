"""What of a server a compiled package answers: plain functions, which nothing decorates any more."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from typing import Any

from mcp import MCPError, UrlElicitationRequiredError
from mcp.server.mcpserver.prompts.base import Message, message_validator
from mcp.types import URL_ELICITATION_REQUIRED, CallToolResult
from pydantic import AnyUrl

from .. import types
from ..context import request_ctx
from ..errors import ToolError
from ..functions.mcp1 import failed
from ..functions.mcp1_offers import NOT_CREATED, variables

_FAILED = 0
"""The code of errors whose text is the reason."""


class Package:
    """A compiled package, which is imported when it is first asked for something.

    Args:
        name: Its dotted name.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _server(self) -> Any:
        return import_module(self._name).build_server()

    def tools(self) -> Iterator[CompiledTool]:
        """Its tools, in order."""
        for listed in self._server.kernel.surface.tools:
            yield CompiledTool(self._server, types.Tool.model_validate(listed))

    def prompts(self) -> Iterator[CompiledPrompt]:
        """Its prompts, in order."""
        for listed in self._server.kernel.surface.listed("prompts"):
            yield CompiledPrompt(self._server, types.Prompt.model_validate(listed))

    def resources(self) -> Iterator[CompiledResource]:
        """Its resources that are alone, in order."""
        for listed in self._server.kernel.surface.listed("resources"):
            resource = types.Resource.model_validate(listed)
            yield CompiledResource(self._server, resource, str(listed["uri"]))

    def templates(self) -> Iterator[CompiledTemplate]:
        """Its templates, in order."""
        for listed in self._server.kernel.surface.listed("templates"):
            yield CompiledTemplate(self._server, types.ResourceTemplate.model_validate(listed))


class CompiledTool:
    """A tool, listed as the package lists it."""

    def __init__(self, server: Any, tool: Any) -> None:
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
            UrlElicitationRequiredError: The caller has to visit an address first.
        """
        params = {"name": self.name, "arguments": arguments}
        try:
            answer = await _asked(self._server, "tools/call", params, context)
        except MCPError as error:
            if error.code != URL_ELICITATION_REQUIRED:
                raise
            raise UrlElicitationRequiredError.from_error(error.error) from error
        result = types.CallToolResult.model_validate(answer)
        text = _only_text(result)
        if result.is_error and text is not None and text.startswith(failed(self.name, "")):
            raise ToolError(text)
        if result.is_error or result.meta:
            return result
        if self.output_schema is None:
            return result.content
        return result.content, result.structured_content


class CompiledPrompt:
    """A prompt, listed as the package lists it."""

    def __init__(self, server: Any, prompt: Any) -> None:
        self.name: str = prompt.name
        self.title: str | None = prompt.title
        self.description: str | None = prompt.description
        self.arguments: list[Any] = prompt.arguments or []
        self.icons = prompt.icons
        self._server = server

    async def render(
        self, arguments: dict[str, Any] | None = None, context: Any = None
    ) -> list[Message]:
        """The prompt's messages.

        Raises:
            ValueError: Arguments are missing, or the function failed; the text says why.
        """
        params = {"name": self.name, "arguments": arguments or {}}
        try:
            answer = await _asked(self._server, "prompts/get", params, context)
        except MCPError as error:
            raise _reason(error) from error
        return [message_validator.validate_python(one) for one in answer["messages"]]


class _Listed:
    """What the package lists of a resource, or of a family of them."""

    def __init__(self, server: Any, listed: Any) -> None:
        self.name: str = listed.name
        self.title: str | None = listed.title
        self.description: str | None = listed.description
        self.mime_type: str = listed.mime_type
        self.icons = listed.icons
        self.annotations = listed.annotations
        self.meta: dict[str, Any] | None = listed.meta
        self._server = server


class CompiledResource(_Listed):
    """A resource, listed as the package lists it.

    Args:
        uri: Its address as the package spells it.
    """

    def __init__(self, server: Any, resource: Any, uri: str) -> None:
        super().__init__(server, resource)
        self.uri = AnyUrl(uri)
        self._key = uri

    async def read(self) -> str | bytes:
        """What it holds. Raises `ValueError` if its function fails; the text says why."""
        try:
            return await _content(self._server, self._key, None)
        except MCPError as error:
            raise _reason(error) from error


class CompiledTemplate(_Listed):
    """A family of resources, listed as the package lists it."""

    def __init__(self, server: Any, template: Any) -> None:
        super().__init__(server, template)
        self.uri_template: str = template.uri_template

    def matches(self, uri: str) -> dict[str, str] | None:
        """The values of the variables in a URI; `None` if it is not one of these."""
        return variables(self.uri_template, uri)

    async def create_resource(self, uri: str, params: dict[str, Any], context: Any = None) -> Any:
        """Read one of them. Raises `ValueError` if the function fails."""
        try:
            content = await _content(self._server, uri, context)
        except MCPError as error:
            # Whoever looked for the resource says once more what it is about.
            raise ValueError(str(_reason(error)).removeprefix(NOT_CREATED)) from error
        return _Held(AnyUrl(uri), self.mime_type, self.meta, content)


class _Held:
    """A resource that was read."""

    def __init__(
        self, uri: AnyUrl, mime_type: str, meta: dict[str, Any] | None, content: str | bytes
    ) -> None:
        self.uri, self.mime_type, self.meta, self._content = uri, mime_type, meta, content

    async def read(self) -> str | bytes:
        """What it holds."""
        return self._content


async def _asked(server: Any, method: str, params: dict[str, Any], context: Any) -> dict[str, Any]:
    """What the package answers."""
    known = getattr(context, "_request_context", None) or request_ctx.get(None)
    request = getattr(known, "now", None)
    answer: dict[str, Any] = await server.answer_asked(method, params, request, context)
    return answer


async def _content(server: Any, uri: str, context: Any) -> str | bytes:
    answer = await _asked(server, "resources/read", {"uri": uri}, context)
    (only,) = answer["contents"]
    text: str | None = only.get("text")
    return base64.b64decode(only["blob"]) if text is None else text


def _reason(error: MCPError) -> Exception:
    """The failure of a function as it was raised; others as they are."""
    return ValueError(error.message) if error.code == _FAILED else error


def _only_text(result: CallToolResult) -> str | None:
    """The text of a result that has nothing else."""
    if len(result.content) != 1 or result.structured_content is not None:
        return None
    return getattr(result.content[0], "text", None)
