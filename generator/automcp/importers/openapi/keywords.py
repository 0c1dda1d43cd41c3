"""What may stand behind each keyword of a schema: values that JSON Schema 2020-12 would refuse are left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from jsonschema_rs import Draft202012Validator

from ...spec.document import Node
from .reading import Json, items, plain

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

Check: TypeAlias = Callable[[Node], Json]
"""Gives the value that the keyword gets; raises `ValueError`, which says what is wrong with it."""

DROPPED = frozenset(
    [
        "$anchor",
        "$defs",
        "$dynamicAnchor",
        "$id",
        "$recursiveAnchor",
        "$schema",
        "$vocabulary",
        "allowEmptyValue",
        "collectionFormat",
        "definitions",
        "discriminator",
        "example",
        "externalDocs",
        "id",
        "nullable",
        "xml",
    ]
)
"""Keywords that say nothing about values, or that something else in the spec says."""


def _text(node: Node) -> Json:
    if not isinstance(node.value, str):
        raise ValueError("it is no text")
    return node.value


def _flag(node: Node) -> Json:
    if not isinstance(node.value, bool):
        raise ValueError("it is neither true nor false")
    return node.value


def _number(node: Node) -> Json:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("it is no number")
    return value


def _positive(node: Node) -> Json:
    value = _number(node)
    if value <= 0:
        raise ValueError("it has to be more than 0")
    return value


def _count(node: Node) -> Json:
    value = _number(node)
    if value < 0 or value != int(value):
        raise ValueError("it is no count")
    return int(value)


def _names(node: Node) -> Json:
    names = [item.value for item in items(node)]
    if not isinstance(node.value, tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError("it is no list of names")
    return list(dict.fromkeys(names))


def _dependent(node: Node) -> Json:
    if not isinstance(node.value, Mapping):
        raise ValueError("it is no mapping")
    return {key: _names(value) for key, (_, value) in node.value.items()}


def _examples(node: Node) -> Json:
    """Some write a map of them, as OpenAPI has it elsewhere."""
    if isinstance(node.value, tuple):
        return plain(node)
    if isinstance(node.value, Mapping):
        return [plain(value) for _, value in node.value.values()]
    raise ValueError("it is no list")


def _enumeration(node: Node) -> Json:
    if not items(node):
        raise ValueError("it is no list of values")
    return plain(node)


def _pattern(node: Node) -> Json:
    text = _text(node)
    if not is_pattern(text):
        raise ValueError("it is no regular expression of ECMA-262")
    return text


@lru_cache(maxsize=4096)
def is_pattern(text: str) -> bool:
    """Whether validators can use a regular expression."""
    try:
        Draft202012Validator({"pattern": text})
    except ValueError:
        return False
    return True


def is_right(keyword: str, node: Node) -> bool:
    """Whether a keyword of values may have this one."""
    check = VALUES.get(keyword)
    try:
        return check is None or check(node) is not None or node.value is None
    except ValueError:
        return False


VALUES: Mapping[str, Check] = {
    **dict.fromkeys(
        ("title", "description", "$comment", "format", "contentEncoding", "contentMediaType"), _text
    ),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly", "uniqueItems"), _flag),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _count),
    **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), _count),
    "multipleOf": _positive,
    "required": _names,
    "dependentRequired": _dependent,
    "examples": _examples,
    "enum": _enumeration,
    "pattern": _pattern,
    "const": plain,
    "default": plain,
}


def fits(value: Json, schema: Mapping[str, Json]) -> bool:
    """Whether a value is of the schema's `type` and among its `enum`: all that can be told without its references."""
    named = schema.get("type")
    types = [named] if isinstance(named, str) else named
    if types is not None and not any(_is_a(value, one) for one in types):
        return False
    return "enum" not in schema or value in schema["enum"]


def _is_a(value: Json, name: str) -> bool:
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "integer":
            return _is_number(value) and value == int(value)
        case _:
            return _is_number(value)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
