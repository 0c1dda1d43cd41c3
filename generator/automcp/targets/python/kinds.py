"""Which kinds of JSON values a schema allows, and which single values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from ...ir.values import Json
from .skeleton import ANY, ANY_OBJECT, NUMBER, Skeleton, array, union

EVERY_KIND = frozenset(("string", "number", "boolean", "array", "object", "null"))
_KINDS = EVERY_KIND | {"integer"}

LONGEST_ENUMERATION = 200
"""Above this a type is the plain `str`: a checker gains little from a list that nobody reads."""


def kinds_of(schemas: Iterable[Mapping[str, Json]], within: frozenset[str]) -> frozenset[str]:
    """The kinds that every schema's `type` allows; `number` includes `integer`. Empty: none can be."""
    kinds = within
    for schema in schemas:
        if "type" in schema:
            kinds = _both(kinds, _stated(schema["type"]))
    return kinds


def _stated(stated: Json) -> frozenset[str]:
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(name for name in names if isinstance(name, str) and name in _KINDS)


def _both(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    both = left & right
    if "integer" in left ^ right and "number" in (right if "integer" in left else left):
        both |= {"integer"}
    return both - {"integer"} if "number" in both else both


def plain(kind: str) -> Skeleton:
    """The widest skeleton of a kind."""
    if kind == "number":
        return NUMBER
    if kind == "array":
        return array(ANY)
    return ANY_OBJECT if kind == "object" else {"type": kind}


def enumeration(schemas: Iterable[Mapping[str, Json]], kinds: frozenset[str]) -> Skeleton | None:
    """The values that the first `const` or `enum` lists, as far as the kinds allow; `None` without one."""
    for schema in schemas:
        if "const" in schema:
            return _of_values([schema["const"]], kinds)
        listed = schema.get("enum")
        if isinstance(listed, list):
            return _of_values(listed, kinds)
    return None


def _of_values(values: list[Json], kinds: frozenset[str]) -> Skeleton:
    allowed = [value for value in values if _fits(_kind(value), kinds)]
    found = {_kind(value) for value in allowed}
    # `true` and `1` are equal in Python, so a `Literal` would take one for the other.
    if not allowed or {"boolean", "integer"} <= found or {"boolean", "number"} <= found:
        return ANY
    listable = [value for value in allowed if _kind(value) in ("string", "integer", "boolean")]
    others = [plain(_kind(value)) for value in allowed if value not in listable]
    if "number" in found or len(listable) > LONGEST_ENUMERATION or not _encodable(listable):
        return union([*(plain(_kind(value)) for value in listable), *others])
    return union([*([cast("Skeleton", {"enum": listable})] if listable else []), *others])


def _encodable(values: list[Json]) -> bool:
    """Whether no text holds half of a surrogate pair, which no source file can."""
    texts = (value for value in values if isinstance(value, str))
    return not any("\ud800" <= char <= "\udfff" for text in texts for char in text)


def _fits(kind: str, kinds: frozenset[str]) -> bool:
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _kind(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer" if isinstance(value, int) else "number"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"
