"""Values in paths and queries, by style (OpenAPI 3.1.1 and 3.2, "Style Values"; RFC 6570; RFC 3986).

Each function gives the text of one parameter. What RFC 6570 calls undefined leaves nothing in a query: what was
not sent, `null`, an empty list or object. Tables of OpenAPI show `color=` for that; its text leaves it to the RFC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from ..shared.failure import ArgumentError
from ..shared.model import UNSET, Json
from .words import compact, defined, escaped, escaped_in_query, plain, word


def simple(name: str, value: object, *, explode: bool = False) -> str:
    """A part of a path: `blue`, `blue,black`, `R,100,G,200`, exploded `R=100,G=200`.

    Raises:
        ArgumentError: It would be empty, and the path be another one.
    """
    text = _listed(_needed(name, value), ",", explode)
    if not text:
        raise ArgumentError(name, _NEEDED)
    return text


def label(name: str, value: object, *, explode: bool = False) -> str:
    """A part of a path: `.blue`, `.blue,black`, exploded `.blue.black`, `.R=100.G=200`. Raises like `simple`."""
    json = _needed(name, value)
    return "." + _listed(json, "." if explode else ",", explode)


def matrix(name: str, value: object, *, explode: bool = False) -> str:
    """A part of a path: `;color=blue`, exploded `;color=blue;color=black`, `;R=100;G=200`. Raises like `simple`."""
    json = _needed(name, value)
    if isinstance(json, list) and explode:
        return "".join(_assigned(name, word(item)) for item in json)
    if isinstance(json, dict) and explode:
        return "".join(_assigned(key, word(member)) for key, member in json.items())
    text = _listed(json, ",", explode=False)
    return f";{escaped(name)}={text}" if text else f";{escaped(name)}"


def form(name: str, value: object, *, explode: bool = True, reserved: bool = False) -> str:
    """A part of a query: `color=blue&color=black`, `R=100&G=200`; not exploded `color=blue,black`, `color=R,100,G,200`.

    Args:
        reserved: Whether values keep reserved characters (`allowReserved`).
    """
    if explode:
        return _joined(name, value, None, reserved)
    return _joined(name, value, ",", reserved)


def space_delimited(
    name: str, value: object, *, explode: bool = False, reserved: bool = False
) -> str:
    """A part of a query: `color=blue%20black`; exploded it is `form`."""
    return _joined(name, value, None if explode else "%20", reserved)


def pipe_delimited(
    name: str, value: object, *, explode: bool = False, reserved: bool = False
) -> str:
    """A part of a query: `color=blue%7Cblack`; exploded it is `form`."""
    return _joined(name, value, None if explode else "%7C", reserved)


def deep_object(name: str, value: object, *, reserved: bool = False) -> str:
    """A part of a query: `color[R]=100&color[G]=200`, its brackets percent-encoded.

    OpenAPI defines no more. Objects in it go one pair of brackets deeper, and lists repeat their key.

    Raises:
        ArgumentError: It is no object.
    """
    json = defined(name, value)
    if json is None:
        return ""
    if not isinstance(json, dict):
        raise ArgumentError(name, "must be an object")
    escape = escaped_in_query if reserved else escaped
    return "&".join(f"{escaped(key)}={escape(text)}" for key, text in deep_pairs(name, json))


def as_json(name: str, value: object, *, ascii: bool = False) -> object:
    """JSON text, which other styles take as a value (OpenAPI: parameters with `content`); `UNSET` stays."""
    return value if value is UNSET else compact(plain(name, value), ascii=ascii)


def deep_pairs(name: str, value: Json) -> Iterator[tuple[str, str]]:
    """The names and texts that an object becomes in the style `deepObject`."""
    json = defined(name, value)
    if isinstance(json, dict):
        for key, member in json.items():
            yield from deep_pairs(f"{name}[{key}]", member)
    elif isinstance(json, list):
        for item in json:
            yield name, word(item)
    elif json is not None:
        yield name, word(json)


_NEEDED = "must not be empty: it is part of a path"


def _needed(name: str, value: object) -> Json:
    json = defined(name, value)
    if json is None:
        raise ArgumentError(name, _NEEDED)
    return json


def _assigned(name: str, text: str) -> str:
    return f";{escaped(name)}={escaped(text)}" if text else f";{escaped(name)}"


def _joined(name: str, value: object, delimiter: str | None, reserved: bool) -> str:
    json = defined(name, value)
    if json is None:
        return ""
    escape = escaped_in_query if reserved else escaped
    if delimiter is not None:
        return f"{escaped(name)}={_listed(json, delimiter, explode=False, escape=escape)}"
    if isinstance(json, list):
        return "&".join(f"{escaped(name)}={escape(word(item))}" for item in json)
    if isinstance(json, dict):
        return "&".join(f"{escaped(key)}={escape(word(one))}" for key, one in json.items())
    return f"{escaped(name)}={escape(word(json))}"


def _listed(
    json: Json, delimiter: str, explode: bool, escape: Callable[[str], str] = escaped
) -> str:
    if isinstance(json, list):
        return delimiter.join(escape(word(item)) for item in json)
    if isinstance(json, dict):
        pairs = ((escape(key), escape(word(member))) for key, member in json.items())
        if explode:
            return delimiter.join(f"{key}={member}" for key, member in pairs)
        return delimiter.join(chain.from_iterable(pairs))
    return escape(word(json))
