"""What an API answered."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import httpx2
import pydantic_core

from ..shared.failure import BackendError
from ..shared.model import Json
from .charsets import charset_of
from .problem import detail_of, status_line

_GUESSED = 6
"""Characters below which a secret is none, and may well be part of a word."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, read to its end.

    Attributes:
        url: What was asked, without keys that were sent in the query.
        cut: Whether there was more of it than the backend's limit.
        items: What all pages of a list hold, if there were pages.
        secrets: What was sent with the request, and must not be told.
    """

    status: int
    headers: httpx2.Headers
    content: bytes
    url: str
    cut: bool = False
    secrets: Sequence[str] = field(default=(), repr=False)
    items: list[Json] | None = field(default=None, repr=False)

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        """The type of the content without parameters, in small letters; `""` if nobody says."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def said(self) -> str:
        """What happened, as a beginning of messages."""
        return f"the API answered {status_line(self.status)}"

    def detail(self, *, all: bool = False) -> str:
        """What the body of an error says, without what was secret in the request.

        Args:
            all: Whether JSON that says nothing in a way that is known is told as it is.
        """
        told = detail_of(self.content, self.media_type, all=all)
        for secret in self.secrets:
            if len(secret) >= _GUESSED:
                told = told.replace(secret, "***")
        return told

    def json(self, at: str = "") -> Json:
        """The JSON of the body, or what is in it at a JSON pointer (RFC 6901). An empty body is `None`.

        Raises:
            BackendError: The body is no JSON (RFC 8259), or has nothing there.
        """
        if self.items is not None:
            return pointed(self.items, at)
        content = self._whole()
        if not content:
            return pointed(None, at)
        try:
            body = cast("Json", pydantic_core.from_json(_in_utf_8(content), allow_inf_nan=False))
        except ValueError as error:
            raise BackendError(f"{self.said} with what is no JSON: {error}") from None
        return pointed(body, at)

    def text(self) -> str:
        """The body as text, in the character set that the answer names.

        Without one it is UTF-8, or else ISO 8859-1, which HTTP once meant by that.

        Raises:
            BackendError: It is no text in the character set that it names.
        """
        content = self._whole()
        charset = charset_of(self.headers.get("Content-Type", ""))
        try:
            return content.decode(charset or "utf-8")
        except UnicodeError:
            if charset is not None:
                raise BackendError(f"{self.said} with what is no {charset} text") from None
            return content.decode("iso-8859-1")

    def binary(self) -> bytes:
        """The body as it came. Raises `BackendError` if it is too long."""
        return self._whole()

    def base64(self) -> str:
        """The body as Base64 (RFC 4648). Raises `BackendError` if it is too long."""
        return base64.b64encode(self._whole()).decode()

    def _whole(self) -> bytes:
        if self.cut:
            raise BackendError(f"{self.said} with more than {len(self.content):,} bytes")
        return self.content


def pointed(body: Json, at: str) -> Json:
    """What is at a JSON pointer (RFC 6901). Raises `BackendError` if nothing is."""
    found = body
    for step in at.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping) and key in found:
            found = found[key]
        elif isinstance(found, list) and _is_index(key, found):
            found = found[int(key)]
        else:
            raise BackendError(f"the API's answer has nothing at {at}")
    return found


def _is_index(key: str, items: list[Json]) -> bool:
    return bool(re.fullmatch(r"0|[1-9][0-9]{0,8}", key)) and int(key) < len(items)


def _in_utf_8(content: bytes) -> bytes:
    """JSON text in UTF-8, from the encodings that JSON once could have, which its first bytes tell."""
    if content.startswith(codecs.BOM_UTF8):
        return content[len(codecs.BOM_UTF8) :]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode()
    return content
