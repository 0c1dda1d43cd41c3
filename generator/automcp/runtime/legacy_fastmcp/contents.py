"""What a function returned, as content: as fastmcp 2 and 3 wrote it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, cast

from fastmcp.utilities.types import Audio, File, Image
from mcp.types import ContentBlock, TextContent
from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from .before import FASTMCP

_logger = logging.getLogger(__name__)
_INDENT = None if FASTMCP >= (2, 10) else 2


def is_content(value: Any) -> bool:
    """Whether something is content, or a list that has some."""
    if isinstance(value, list | tuple):
        return any(_is_block(item) for item in cast("Sequence[Any]", value))
    return _is_block(value)


def as_returned(value: Any, serializer: Callable[[Any], str] | None) -> list[Any]:
    """The content that something is sent as.

    Args:
        serializer: Makes text of what is no text and no content; JSON if there is none, or it fails.
    """
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        return [_block(value, serializer)]
    items = list(cast("Sequence[Any]", value))
    blocks = [item for item in items if _is_block(item)]
    rest = [item for item in items if not _is_block(item)]
    if not rest:
        return [_block(item, serializer) for item in blocks]
    if FASTMCP >= (2, 12) and blocks:
        return [_block(item, serializer) for item in items]
    # What is no content became one text, which came first; from 2.7 to 2.9 one item stood for itself.
    whole = rest[0] if len(rest) == 1 and (2, 7) <= FASTMCP < (2, 10) else rest
    text = whole if isinstance(whole, str) else _text(whole, serializer)
    first = TextContent(type="text", text=text)
    return [first, *(_block(item, serializer) for item in blocks)]


def as_structured(value: Any, found: dict[str, Any], *, wrapped: bool) -> dict[str, Any]:
    """Structured content with members called by their aliases, unless their model says otherwise.

    Args:
        found: What fastmcp 4 makes of it.
    """
    kind = cast("Any", type(value))
    said: Any = getattr(kind, "model_config", None) or {}
    try:
        plain = to_jsonable_python(value, by_alias=said.get("serialize_by_alias", True))
    except (PydanticSerializationError, UnicodeDecodeError):
        return found
    if wrapped:
        return {"result": plain}
    return cast("dict[str, Any]", plain) if isinstance(plain, dict) else found


def _is_block(value: Any) -> bool:
    return isinstance(value, ContentBlock | Image | Audio | File)


def _block(value: Any, serializer: Callable[[Any], str] | None) -> Any:
    if isinstance(value, Image):
        return value.to_image_content()
    if isinstance(value, Audio):
        return value.to_audio_content()
    if isinstance(value, File):
        return value.to_resource_content()
    if isinstance(value, ContentBlock):
        return value
    if isinstance(value, str):
        return TextContent(type="text", text=value)
    if isinstance(value, bytes) and FASTMCP >= (3, 2, 4):
        return TextContent(type="text", text=value.decode("utf-8", "replace"))
    return TextContent(type="text", text=_text(value, serializer))


def _text(value: Any, serializer: Callable[[Any], str] | None) -> str:
    if serializer is not None:
        try:
            return serializer(value)
        except Exception:
            _logger.warning("The serializer failed; JSON is sent", exc_info=True)
    return to_json(value, fallback=str, indent=_INDENT).decode()
