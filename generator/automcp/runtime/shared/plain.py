"""Tells for simple schemas and short values that they fit, without the validator.

Reason: the validator is 6 MB of memory, and most schemas of parameters and answers say no more than types, which most
values fit. Measured gain: 6 of the 89 MB of a server with 500 tools that was called; calls cost what they cost. A server
that gets other values, or has schemas with formats and patterns, loads the validator when it first needs it.

It only ever says "fits". In all other cases, and for all other schemas, the validator decides: there is one judge of what
is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import inf, isfinite
from typing import Any, TypeAlias, cast

from .model import Json, is_text

Check: TypeAlias = Callable[[Any], bool]
"""Whether a value fits for sure."""

_LONGEST = 64
"""Items of a list that are looked at here; from so many on, the validator is much quicker."""
_ANNOTATIONS = frozenset(("$comment", "default", "deprecated", "description", "examples", "title"))
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "object": frozenset(("type", "properties", "required", "additionalProperties")),
    "array": frozenset(("type", "items", "minItems", "maxItems")),
    "string": frozenset(("type", "enum", "minLength", "maxLength")),
    "integer": frozenset(("type", "minimum", "maximum")),
    "number": frozenset(("type", "minimum", "maximum")),
    "boolean": frozenset(("type",)),
    "null": frozenset(("type",)),
}
_NONE: frozenset[str] = frozenset()


class _SaysMore(Exception):
    """The schema says something that is not understood here."""


def plain_check(schema: Mapping[str, Json]) -> Check | None:
    """What tells that a value fits the schema; `None` if the schema is not so simple."""
    definitions = schema.get("$defs", {})
    try:
        root = {key: one for key, one in schema.items() if key != "$defs"}
        return _Reader(definitions if isinstance(definitions, dict) else {}).check(root)
    except _SaysMore:
        return None


class _Reader:
    def __init__(self, definitions: Mapping[str, Json]) -> None:
        self._definitions = definitions
        self._known: dict[str, Check | None] = {}

    def check(self, schema: Json) -> Check:
        if not isinstance(schema, dict):
            raise _SaysMore
        said = {
            key: one
            for key, one in schema.items()
            if key not in _ANNOTATIONS and not key.startswith("x-")
        }
        if "$ref" not in said:
            return self._typed(said)
        check = self._definition(said.pop("$ref"))
        if said == {"type": "object"}:
            # As it is said of what tools answer, whatever it refers to.
            return lambda value: type(value) is dict and check(value)
        if said:
            raise _SaysMore
        return check

    def _definition(self, reference: Json) -> Check:
        name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
        if reference != f"#/$defs/{name}" or name not in self._definitions:
            raise _SaysMore
        if name not in self._known:
            # Known as nothing while it is read: it may lead back into itself.
            self._known[name] = None
            self._known[name] = self.check(self._definitions[name])
        check = self._known[name]
        if check is None:
            raise _SaysMore
        return check

    def _typed(self, said: Mapping[str, Json]) -> Check:
        kind = said.get("type")
        if not isinstance(kind, str) or not said.keys() <= _KEYWORDS.get(kind, _NONE):
            # Several types in particular; and no type is any.
            raise _SaysMore
        match kind:
            case "object":
                return self._object(said)
            case "array":
                return self._array(said)
            case "string":
                return _string(said)
            case "integer" | "number":
                return _number(said, _is_int if kind == "integer" else _is_number)
            case "boolean":
                return lambda value: type(value) is bool
            case _:
                return lambda value: value is None

    def _object(self, said: Mapping[str, Json]) -> Check:
        properties, required = said.get("properties", {}), said.get("required", [])
        if (
            not isinstance(properties, dict)
            or not isinstance(required, list)
            or not isinstance(said.get("additionalProperties", False), bool)
        ):
            raise _SaysMore
        checks = {name: self.check(one) for name, one in properties.items()}
        least = frozenset(cast("Iterable[str]", required))

        def fits(value: Json) -> bool:
            if type(value) is not dict:
                return False
            for name, member in value.items():
                check = checks.get(name)
                # Whether more properties may be there, and what they may hold, the validator knows.
                if check is None or not check(member):
                    return False
            return least <= value.keys()

        return fits

    def _array(self, said: Mapping[str, Json]) -> Check:
        check = self.check(said.get("items"))
        least, most = _bound(said, "minItems", 0), min(_bound(said, "maxItems", inf), _LONGEST)

        def fits(value: Json) -> bool:
            if type(value) is not list:
                return False
            return least <= len(value) <= most and all(map(check, value))

        return fits


def _string(said: Mapping[str, Json]) -> Check:
    least, most = _bound(said, "minLength", 0), _bound(said, "maxLength", inf)
    values = said.get("enum")
    if values is None and (least, most) == (0, inf):
        return lambda value: type(value) is str and (value.isascii() or is_text(value))
    if values is None:
        return lambda value: type(value) is str and is_text(value) and least <= len(value) <= most
    if not isinstance(values, list) or (least, most) != (0, inf):
        raise _SaysMore
    texts = frozenset(one for one in values if isinstance(one, str))
    return lambda value: type(value) is str and value in texts


def _number(said: Mapping[str, Json], kind: Check) -> Check:
    least, most = _bound(said, "minimum", -inf), _bound(said, "maximum", inf)
    if (least, most) == (-inf, inf):
        return kind
    return lambda value: kind(value) and least <= value <= most


def _is_int(value: Any) -> bool:
    return type(value) is int


def _is_number(value: Any) -> bool:
    return type(value) is int or (type(value) is float and isfinite(value))


def _bound(said: Mapping[str, Json], key: str, otherwise: float) -> float:
    value = said.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _SaysMore
    return value
