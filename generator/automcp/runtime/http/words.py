"""Values as text, the way they stand in addresses and headers."""

from __future__ import annotations

import json
from typing import cast
from urllib.parse import quote

from ..bound.values import sent
from ..shared.failure import ArgumentError
from ..shared.model import UNSET, Json

_MOST_EXACT = 1e21
"""From here on JSON writers use exponents, too (ECMA-262, Number::toString)."""

_KEPT = ":/?@!$'()*,;="
"""Reserved characters (RFC 3986) that end no value in a query: not `#` and `&`, nor `+`, which forms read as a space."""


def plain(name: str, value: object) -> Json:
    """The JSON of the value of `name`, which was sent. Raises `ArgumentError` if it is none."""
    try:
        return cast("Json", sent(value))
    except (TypeError, ValueError) as error:
        raise ArgumentError(name, f"cannot be sent: {error}") from None


def defined(name: str, value: object) -> Json:
    """The same without what RFC 6570 (section 2.3) calls undefined: `None` if nothing is left.

    That is what was not sent, `null`, also in lists and objects, and lists and objects without anything in them.
    """
    json = None if value is UNSET else plain(name, value)
    if isinstance(json, list):
        return [item for item in json if item is not None] or None
    if isinstance(json, dict):
        return {key: member for key, member in json.items() if member is not None} or None
    return json


def word(value: Json) -> str:
    """A value as text: itself, or as JSON writes it, whole numbers without a fraction.

    What lies in lists and objects of lists and objects is JSON text: OpenAPI defines nothing for it.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))
    return compact(value)


def compact(value: Json, *, ascii: bool = False) -> str:
    """JSON text without spaces."""
    return json.dumps(value, ensure_ascii=ascii, allow_nan=False, separators=(",", ":"))


def escaped(text: str) -> str:
    """Everything percent-encoded but unreserved characters (RFC 3986, section 2.3)."""
    return quote(text, safe="")


def escaped_in_query(text: str) -> str:
    """Percent-encoded, but for reserved characters and what is percent-encoded already (`allowReserved`).

    Departs from RFC 6570 in that no value can end itself and begin another parameter.
    """
    start, *rest = text.split("%")
    done = [quote(start, safe=_KEPT)]
    for part in rest:
        percent = "%" if _is_hex(part[:2]) else "%25"
        done.append(percent + quote(part, safe=_KEPT))
    return "".join(done)


def _is_hex(pair: str) -> bool:
    return len(pair) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in pair)
