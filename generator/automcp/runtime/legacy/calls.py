"""Answers tool calls as `mcp` 1 did: arguments checked, whatever comes back made a result, failures told."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast

from mcp import UrlElicitationRequiredError
from mcp.types import CallToolRequestParams, CallToolResult

from . import types
from .before import MCP
from .functions.results import NO_OUTPUT
from .functions.schemas import wrong as unfit
from .listed import said


async def answer(
    function: Callable[..., Awaitable[Any]],
    params: CallToolRequestParams,
    tool: Any,
    validate_input: bool,
) -> Any:
    """Call a tool.

    Args:
        tool: The tool as it is listed; `None` if it is not, and then nothing is checked.
        validate_input: Whether the arguments are checked by the tool's schema; before 1.10 they were not.
    """
    arguments = params.arguments or {}
    try:
        if validate_input and tool is not None and MCP >= (1, 10):
            wrong = unfit(arguments, tool.input_schema)
            if wrong is not None:
                return failure(f"Input validation error: {wrong}")
        return _result(await function(params.name, arguments), tool)
    except UrlElicitationRequiredError:
        raise
    except Exception as error:
        return failure(str(error))


def failure(text: str) -> Any:
    """The result of a call that failed, with the reason."""
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


def _result(returned: Any, tool: Any) -> Any:
    """What a tool's function returned, as a result."""
    if isinstance(returned, CallToolResult):
        return returned
    content: Iterable[Any]
    structured: dict[str, Any] | None = None
    pair = _pair(returned)
    if pair is not None:
        content, structured = pair
        if tool is not None and said("tools", tool.name).get("outputSchema", structured) is None:
            # The old SDK derived no schema, and answered with content alone.
            structured = None
    elif isinstance(returned, dict):
        structured = cast("dict[str, Any]", returned)
        content = [types.TextContent(type="text", text=json.dumps(structured, indent=2))]
    elif hasattr(returned, "__iter__"):
        content = cast("Iterable[Any]", returned)
    else:
        return failure(f"Unexpected return type from tool: {type(returned).__name__}")
    if tool is not None and tool.output_schema is not None:
        if structured is None:
            return failure(f"Output validation error: {NO_OUTPUT}")
        wrong = unfit(structured, tool.output_schema)
        if wrong is not None:
            return failure(f"Output validation error: {wrong}")
    return types.CallToolResult(content=list(content), structured_content=structured)


def _pair(returned: Any) -> tuple[Iterable[Any], dict[str, Any] | None] | None:
    """Content and structured content, if both came back."""
    if isinstance(returned, tuple) and len(cast("tuple[object, ...]", returned)) == 2:
        return cast("tuple[Iterable[Any], dict[str, Any] | None]", returned)
    return None
