"""What an answer says went wrong, in a few words for whoever called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import cast

import pydantic_core

from ..shared.failure import plain_line
from ..shared.model import Json
from .words import compact

_MOST_CHARACTERS = 400
_MOST_BYTES = 200_000
_MOST_PROBLEMS = 3

_NAMES = ("detail", "message", "error_description", "error", "msg", "reason", "description")
"""Where APIs say what is wrong: RFC 9457 first, then by how common they are."""


def status_line(status: int) -> str:
    """`404 Not Found`, in the words of the standard and not of the server."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def detail_of(content: bytes, media_type: str, *, all: bool = False) -> str:
    """The words of an error's body on one line; `""` if it has none: HTML is for browsers.

    Args:
        all: Whether JSON that says nothing in a way that is known is told as it is.
    """
    if "json" in media_type:
        body = _parsed(content)
        told = _told(body) or (compact(body) if all and body else "")
        return plain_line(told, _MOST_CHARACTERS)
    if media_type in ("", "text/plain"):
        text = content[:_MOST_BYTES].decode(errors="replace")
        return "" if text.lstrip().startswith("<") else plain_line(text, _MOST_CHARACTERS)
    return ""


def _parsed(content: bytes) -> Json:
    if len(content) > _MOST_BYTES:
        return None
    try:
        return cast("Json", pydantic_core.from_json(content))
    except ValueError:
        return content.decode(errors="replace")


def _told(body: Json) -> str:
    if isinstance(body, str):
        return body
    if isinstance(body, list):
        return "; ".join(said for one in body[:_MOST_PROBLEMS] if (said := _told(one)))
    if not isinstance(body, dict):
        return ""
    title = body.get("title")
    said = next(_found(body), "")
    if isinstance(title, str) and title != said:
        return f"{title}: {said}" if said else title
    where = _place(body)
    return f"{where}: {said}" if said and where else said or _told(body.get("errors"))


def _found(body: Mapping[str, Json]) -> Iterator[str]:
    return (said for name in _NAMES if (said := _told(body.get(name))))


def _place(body: Mapping[str, Json]) -> str:
    """What validation errors name as the culprit: `loc` as pydantic has it, or a field."""
    place = body.get("loc", body.get("field"))
    if isinstance(place, list):
        return ".".join(str(step) for step in place if isinstance(step, str | int))
    return place if isinstance(place, str) else ""
