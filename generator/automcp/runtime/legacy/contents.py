"""What the handlers of resources return, as it goes out."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, cast

from . import types


def read(uri: str, returned: Any) -> Any:
    """The answer to `resources/read`.

    Args:
        returned: Text, bytes, or records with `content`, `mime_type` and perhaps `meta`.

    Raises:
        ValueError: It is none of them.
    """
    if isinstance(returned, str | bytes):
        return types.ReadResourceResult(contents=[_content(uri, returned, None, None)])
    if not isinstance(returned, Iterable):
        raise ValueError(f"Unexpected return type from read_resource: {type(returned)}")
    several = cast("Any", returned)
    return types.ReadResourceResult(
        contents=[
            _content(uri, one.content, one.mime_type, getattr(one, "meta", None)) for one in several
        ]
    )


def _content(uri: str, data: str | bytes, mime_type: str | None, meta: Any) -> Any:
    if isinstance(data, str):
        return types.TextResourceContents(
            uri=uri, text=data, mime_type=mime_type or "text/plain", _meta=meta
        )
    return types.BlobResourceContents(
        uri=uri,
        blob=base64.b64encode(data).decode(),
        mime_type=mime_type or "application/octet-stream",
        _meta=meta,
    )
