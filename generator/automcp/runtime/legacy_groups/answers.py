"""What an operation returns, as callers get it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from mcp.server.mcpserver.utilities.types import Audio, Image
from mcp.types import (
    AudioContent,
    CallToolResult,
    ContentBlock,
    EmbeddedResource,
    ImageContent,
    ResourceLink,
    TextContent,
)
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from .types import ExecutionResponse, ServiceResponse

_BLOCKS = (TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource)


def answer(result: Any) -> CallToolResult:
    """The result of a call.

    Text stays text, images and the SDK's own blocks stay what they are, models and mappings are JSON text and
    structured content, and the members of a list are blocks side by side.
    """
    if isinstance(result, CallToolResult):
        return result
    if isinstance(result, ExecutionResponse):
        return CallToolResult(content=[result.content], is_error=result.error is not None)
    if isinstance(result, ServiceResponse):
        return CallToolResult(content=[result.content], is_error=bool(result.errors))
    content = cast("list[ContentBlock]", list(_blocks(result)))
    return CallToolResult(content=content, structured_content=_structured(result))


def failure(message: str) -> CallToolResult:
    """A call that failed, and why."""
    return CallToolResult(content=[TextContent(type="text", text=message)], is_error=True)


def _blocks(result: Any) -> Iterator[Any]:
    if result is None:
        return
    if isinstance(result, _BLOCKS):
        yield result
    elif isinstance(result, Image):
        yield result.to_image_content()
    elif isinstance(result, Audio):
        yield result.to_audio_content()
    elif isinstance(result, list | tuple):
        for one in cast("list[Any]", result):
            yield from _blocks(one)
    else:
        yield TextContent(type="text", text=_text(result))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    return json.dumps(_plain(value), ensure_ascii=False)


def _structured(result: Any) -> dict[str, Any] | None:
    if isinstance(result, _BLOCKS):
        return None
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json")
    return cast("dict[str, Any]", _plain(result)) if isinstance(result, dict) else None


def _plain(value: Any) -> Any:
    return to_jsonable_python(value, fallback=str)
