"""What a function of a low-level server of `mcp` 1 returned, as a result."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast

from mcp import UrlElicitationRequiredError
from mcp.types import CallToolResult, TextContent

from .results import failed


async def answered(function: Callable[[], Awaitable[Any]]) -> CallToolResult:
    """The result of a call; a failure with its text if the function raises."""
    try:
        return result_of(await function())
    except UrlElicitationRequiredError:
        raise
    except Exception as error:
        return failed(str(error))


def result_of(returned: Any) -> CallToolResult:
    """Blocks of content, structured content, or both, as a result.

    Raises:
        pydantic.ValidationError: What was returned is no content.
    """
    if isinstance(returned, CallToolResult):
        return returned
    content: Iterable[Any]
    structured: dict[str, Any] | None = None
    if _is_pair(returned):
        content, structured = returned
    elif isinstance(returned, dict):
        structured = cast("dict[str, Any]", returned)
        content = [TextContent(type="text", text=json.dumps(structured, indent=2))]
    elif hasattr(returned, "__iter__"):
        content = cast("Iterable[Any]", returned)
    else:
        return failed(f"Unexpected return type from tool: {type(returned).__name__}")
    return CallToolResult(content=list(content), structured_content=structured)


def _is_pair(returned: Any) -> bool:
    """Whether content and structured content came back."""
    return isinstance(returned, tuple) and len(cast("tuple[object, ...]", returned)) == 2
