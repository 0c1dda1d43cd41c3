"""Turns `key=value` words into a tool's arguments, by the tool's input schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, cast

from ..text.suggest import did_you_mean

Schema: TypeAlias = Mapping[str, object]
_NO_TYPES: frozenset[str] = frozenset()


class BadArgument(ValueError):
    """A word that cannot be an argument; the message says why."""


def parse_arguments(words: Iterable[str], schema: Schema) -> dict[str, object]:
    """Read `key=value` by what `schema` says of `key`, and `key:=json` as JSON.

    A value stays text if text is allowed; otherwise it is read as JSON. Where the schema says
    nothing, JSON is tried and text is the rest.

    Raises:
        BadArgument: No `=`, a key twice, a key that a closed schema does not have, or no JSON where
            the schema needs it.
    """
    arguments: dict[str, object] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key:
            raise BadArgument(f"{word!r} is not key=value")
        explicit = key.endswith(":")
        key = key.removesuffix(":")
        if key in arguments:
            raise BadArgument(f"{key} is given twice")
        _check_known(key, schema)
        types = frozenset(("json",)) if explicit else _types_of(key, schema)
        arguments[key] = _value(key, text, types)
    return arguments


def _value(key: str, text: str, types: frozenset[str]) -> object:
    if "string" in types:
        return text
    try:
        value: object = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        if not types:
            return text
        what = " or ".join(sorted(types)).replace("json", "JSON")
        raise BadArgument(f"{key} has to be {what}: {text!r}") from None
    return value


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _check_known(key: str, schema: Schema) -> None:
    known = _table(schema.get("properties"))
    if schema.get("additionalProperties") is False and key not in known:
        hint = did_you_mean(key, known) or f"it takes {', '.join(known) or 'nothing'}"
        raise BadArgument(f"no argument {key!r}: {hint}")


def _types_of(key: str, schema: Schema) -> frozenset[str]:
    """The JSON types that a property may have; empty if the schema does not say."""
    return _types(_table(schema.get("properties")).get(key), schema, ())


def _types(schema: object, root: Schema, trail: tuple[str, ...]) -> frozenset[str]:
    if not isinstance(schema, dict):
        return _NO_TYPES
    part = cast("Schema", schema)
    if types := frozenset(_named_types(part)):
        return types
    reference = part.get("$ref")
    if isinstance(reference, str) and reference not in trail:
        return _types(_follow(reference, root), root, (*trail, reference))
    for key in ("anyOf", "oneOf"):
        arms = [_types(arm, root, trail) for arm in _list(part.get(key))]
        if arms:
            return _NO_TYPES.union(*arms) if all(arms) else _NO_TYPES
    parts = [_types(arm, root, trail) for arm in _list(part.get("allOf"))]
    return next((types for types in parts if types), _NO_TYPES)


def _named_types(schema: Schema) -> Iterator[str]:
    said = schema.get("type")
    for name in [said] if isinstance(said, str) else _list(said):
        yield str(name)
    if said is None:
        values = [schema["const"]] if "const" in schema else _list(schema.get("enum"))
        yield from map(_type_name, values)


def _type_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _follow(reference: str, root: Schema) -> object:
    """The part of `root` that a local JSON Pointer (RFC 6901) names, or `None`."""
    at: object = root
    if not reference.startswith("#"):
        return None
    for step in reference[1:].split("/")[1:]:
        at = _table(at).get(step.replace("~1", "/").replace("~0", "~"))
    return at


def _table(value: object) -> Schema:
    return cast("Schema", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
