"""How fastmcp 2 and 3 answered calls that fail, and what they refused."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import mcp.types as types
from fastmcp import FastMCP as Now
from fastmcp.exceptions import DisabledError, FastMCPError, NotFoundError
from fastmcp.server.dependencies import bind_request_context
from mcp import MCPError, UrlElicitationRequiredError

from .before import FASTMCP
from .contexts import fresh_state

_NOT_FOUND = -32002
"""What an unknown resource was answered with by fastmcp 3."""

_WHY_NOT_SAID = (2, 3) <= FASTMCP < (3, 2, 4)
"""Whether what went wrong in a prompt was kept from callers."""

_MISSING = "Missing required arguments"

_OWN = (DisabledError, FastMCPError, NotFoundError)
"""What fastmcp itself says; whatever else was raised goes out as it is."""

_CHECKED = FASTMCP < (2, 13) and not (2, 9) <= FASTMCP < (2, 10)
"""Whether the SDK below held the arguments against the schema that is listed; 2.9 stood on one that did not."""

_jsonschema: Any = import_module("jsonschema")
"""Has no types of its own."""


class Answers(Now[Any]):
    """Answers as it was answered."""

    _strict: bool = False
    """Whether the server asked for arguments to be held against the schema."""

    async def _on_call_tool(self, ctx: Any, params: Any) -> Any:
        with fresh_state():
            with bind_request_context(ctx):
                tool = await Now.get_tool(self, params.name)
            if tool is not None and (_CHECKED or self._strict):
                wrong = _wrong(params.arguments or {}, tool.parameters)
                if wrong is not None:
                    return _failure(f"Input validation error: {wrong}")
            try:
                answer = await super()._on_call_tool(ctx, params)
            except UrlElicitationRequiredError:
                raise
            except Exception as error:
                # Whatever was raised was the text of a result.
                return _failure(str(error))
        if FASTMCP < (3,) and _says(answer, f"Unknown tool: {params.name!r}"):
            return _failure(f"Unknown tool: {params.name}")
        wrong = None if tool is None else _wrong_result(answer, tool.output_schema)
        return answer if wrong is None else _failure(f"Output validation error: {wrong}")

    async def _on_read_resource(self, ctx: Any, params: Any) -> Any:
        try:
            with fresh_state():
                return await super()._on_read_resource(ctx, params)
        except MCPError as error:
            if not _by_fastmcp(error):
                raise
            uri = str(params.uri)
            unknown = f"Unknown resource: {uri if FASTMCP < (2, 8) else repr(uri)}"
            if error.code != types.INVALID_PARAMS:
                raise MCPError(0, error.message) from error
            if FASTMCP < (3,):
                raise MCPError(0, unknown) from error
            raise MCPError(_NOT_FOUND, f"Resource not found: {unknown}") from error

    async def _on_get_prompt(self, ctx: Any, params: Any) -> Any:
        try:
            with fresh_state():
                return await super()._on_get_prompt(ctx, params)
        except MCPError as error:
            if not _by_fastmcp(error):
                raise
            text = error.message
            if FASTMCP < (3,) and text == f"Unknown prompt: {params.name!r}":
                text = f"Unknown prompt: {params.name}"
            elif _WHY_NOT_SAID and error.code != types.INVALID_PARAMS and _MISSING not in text:
                text = f"Error rendering prompt {params.name}."
            raise MCPError(0, text) from error


def _by_fastmcp(error: MCPError) -> bool:
    """Whether fastmcp made this error of one of its own, and not a middleware that says more."""
    cause = error.__cause__
    told = (str(cause), f"Resource not found: {str(cause).removeprefix('Unknown resource: ')}")
    return isinstance(cause, _OWN) and error.message in told


def _wrong(value: Any, schema: dict[str, Any]) -> str | None:
    """Why something does not fit a schema; `None` if it does."""
    try:
        _jsonschema.validate(instance=value, schema=schema)
    except _jsonschema.ValidationError as error:
        return str(error.message)
    return None


def _wrong_result(answer: Any, schema: dict[str, Any] | None) -> str | None:
    """Why a result does not fit its tool's schema: the SDK below looked, unless the result said more than its content."""
    if schema is None or not isinstance(answer, types.CallToolResult):
        return None
    if answer.is_error or answer.meta is not None:
        return None
    if answer.structured_content is None:
        return "outputSchema defined but no structured output returned"
    return _wrong(answer.structured_content, schema)


def _failure(text: str) -> Any:
    content = types.TextContent(type="text", text=text)
    return types.CallToolResult(content=[content], is_error=True)


def _says(answer: Any, text: str) -> bool:
    """Whether an answer is a failure that says this, and nothing else."""
    return bool(getattr(answer, "is_error", False)) and [
        getattr(block, "text", None) for block in answer.content
    ] == [text]
