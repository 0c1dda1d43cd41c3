"""What requests carry: JSON, forms, texts, bytes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import httpx2

from ..shared.failure import ArgumentError
from ..shared.model import UNSET, Json, Unset
from .charsets import charset_of
from .headers import field_value
from .styles import deep_object, deep_pairs, form, pipe_delimited, space_delimited
from .words import compact, plain, word

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a request, and what they are."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Part:
    """How one member of a form is written (OpenAPI, encoding object).

    Without one, texts, numbers and the like are written as text, lists once for each item, objects as JSON.

    Attributes:
        file: Whether the member is the Base64 of a file, or a list of them.
        style: `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`.
        headers: Of this part of a multipart body.
    """

    media_type: str | None = None
    style: str = "form"
    explode: bool = True
    file: bool = False
    headers: Mapping[str, str | Unset] = field(default_factory=dict[str, "str | Unset"])


_STYLES: Mapping[str, Callable[..., str]] = {
    "form": form,
    "spaceDelimited": space_delimited,
    "pipeDelimited": pipe_delimited,
}
_DELIMITERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
_TEXT = Part()
_UNSAFE = re.compile(r"[^\w.-]|^\.+")
"""What no file name should hold; names come from callers, too."""


def json_body(value: object, media_type: str = "application/json") -> Body | None:
    """JSON, every value as it was sent; `None` if the body itself was not sent."""
    if value is UNSET:
        return None
    return Body(compact(plain("body", value)).encode(), media_type)


def text_body(value: object, media_type: str = "text/plain; charset=utf-8") -> Body | None:
    """A text, or a number or the like as text, in the character set of the media type: UTF-8 without one.

    Raises:
        ArgumentError: It holds characters that the character set lacks.
    """
    if value is UNSET:
        return None
    charset = charset_of(media_type) or "utf-8"
    try:
        return Body(word(plain("body", value)).encode(charset), media_type)
    except UnicodeError:
        raise ArgumentError("body", f"holds characters that {charset} lacks") from None


def binary_body(name: str, value: object, media_type: str = _UNKNOWN) -> Body | None:
    """The bytes that a Base64 text stands for (RFC 4648). Raises `ArgumentError` if it is none."""
    return None if value is UNSET else Body(_bytes(name, plain(name, value)), media_type)


def form_body(value: object, parts: Mapping[str, Part] | None = None) -> Body | None:
    """An object as `application/x-www-form-urlencoded`.

    Raises:
        ArgumentError: It is no object, or a member does not suit its style.
    """
    if value is UNSET:
        return None
    styled = parts or {}
    pairs = (_pair(key, member, styled.get(key)) for key, member in _members(value).items())
    content = "&".join(pair for pair in pairs if pair)
    return Body(content.encode(), "application/x-www-form-urlencoded")


def multipart_body(
    value: object,
    parts: Mapping[str, Part] | None = None,
    media_type: str = "multipart/form-data",
) -> Body | None:
    """An object with a part for each member (RFC 7578).

    Raises:
        ArgumentError: It is no object, a file is no Base64, or a header holds control characters.
    """
    if value is UNSET:
        return None
    styled = parts or {}
    files = [
        one
        for key, member in _members(value).items()
        for one in _files(key, member, styled.get(key, _TEXT))
    ]
    # Only its encoding is used; nothing is sent there. Without a part, there must be a boundary all the same.
    request = httpx2.Request("POST", "http://localhost", files=files or {"": (None, b"")})
    said = request.headers["Content-Type"].partition(";")
    return Body(request.read(), f"{media_type};{said[2]}")


def _members(value: object) -> Mapping[str, Json]:
    json = plain("body", value)
    if not isinstance(json, dict):
        raise ArgumentError("body", "must be an object: it becomes a form")
    return {key: member for key, member in json.items() if member is not None}


def _pair(key: str, member: Json, part: Part | None) -> str:
    if part is None or part.media_type is not None:
        whole = part is not None and _is_json(part.media_type)
        return form(key, compact(member) if whole or isinstance(member, dict) else member)
    if part.style == "deepObject":
        return deep_object(key, member)
    return _STYLES.get(part.style, form)(key, member, explode=part.explode)


_Content: TypeAlias = bytes
_File: TypeAlias = tuple[str, tuple[str | None, _Content, str | None, Mapping[str, str]]]


def _files(key: str, member: Json, part: Part) -> Iterator[_File]:
    sent = {name: text for name, text in part.headers.items() if not isinstance(text, Unset)}
    headers = {name: field_value(name, text) for name, text in sent.items()}
    if part.file:
        for item in member if isinstance(member, list) else [member]:
            # Nobody said what the file is called; servers tell files by there being a name.
            name = _UNSAFE.sub("_", key)
            yield key, (name, _bytes(key, item), part.media_type or _UNKNOWN, headers)
    elif _is_json(part.media_type):
        yield key, (None, compact(member).encode(), part.media_type, headers)
    elif part.style == "deepObject" and isinstance(member, dict):
        for name, text in deep_pairs(key, member):
            yield name, (None, text.encode(), part.media_type, headers)
    elif isinstance(member, list) and part.explode:
        for item in member:
            yield _field(key, item, part, headers)
    elif isinstance(member, list):
        text = _DELIMITERS.get(part.style, ",").join(map(word, member))
        yield key, (None, text.encode(), part.media_type, headers)
    else:
        yield _field(key, member, part, headers)


def _field(key: str, member: Json, part: Part, headers: Mapping[str, str]) -> _File:
    nested = isinstance(member, dict | list) and part.media_type is None
    media_type = "application/json" if nested else part.media_type
    return key, (None, word(member).encode(), media_type, headers)


def _is_json(media_type: str | None) -> bool:
    kind = (media_type or "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _bytes(name: str, value: Json) -> bytes:
    if not isinstance(value, str):
        raise ArgumentError(name, "must be Base64 text")
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        raise ArgumentError(name, "must be Base64 text, and is not") from None
