"""Bytes as the wire has them: base64 (RFC 4648, section 4)."""

from __future__ import annotations

import base64
from typing import overload

from ..shared.model import Unset
from .errors import InvalidAnswer


@overload
def to_base64(data: bytes) -> str: ...
@overload
def to_base64(data: bytes | None) -> str | None: ...
@overload
def to_base64(data: bytes | Unset | None) -> str | Unset | None: ...
def to_base64(data: bytes | Unset | None) -> str | Unset | None:
    """`data` as it is sent; what is not there stays away.

    Raises:
        TypeError: It is no bytes; a text has to be encoded before.
    """
    if data is None or isinstance(data, Unset):
        return data
    return base64.b64encode(data).decode("ascii")


@overload
def from_base64(text: str) -> bytes: ...
@overload
def from_base64(text: str | None) -> bytes | None: ...
def from_base64(text: str | None) -> bytes | None:
    """The bytes that were sent. Raises `InvalidAnswer` if the text is no base64."""
    if text is None:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise InvalidAnswer("the answer is no base64") from None
