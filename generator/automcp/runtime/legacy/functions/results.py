"""Results of calls: failures with their text, and results as they go out."""

from __future__ import annotations

from typing import Any

from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel

NO_OUTPUT = "outputSchema defined but no structured output returned"
"""Why a result fails that has none of what its tool promises."""


def failed(text: str) -> CallToolResult:
    """The result of a call that failed, with the reason."""
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def on_the_wire(result: BaseModel) -> dict[str, Any]:
    """A result as it goes out."""
    said = result.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude={"structured_content"}
    )
    structured = getattr(result, "structured_content", None)
    # `null` in it means something.
    return said if structured is None else {**said, "structuredContent": structured}
