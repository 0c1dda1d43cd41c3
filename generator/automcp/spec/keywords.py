"""Where a JSON Schema 2020-12 holds further schemas, and how to walk them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from .document import Node

Path: TypeAlias = tuple[str, ...]
"""Steps from a schema to a place inside it; an index is its digits, as in a JSON pointer."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

ONE = frozenset(
    [
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ]
)
"""Keywords whose value is a schema."""

LIST = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
"""Keywords whose value is an array of schemas."""

MAP = frozenset(("$defs", "definitions", "dependentSchemas", "patternProperties", "properties"))
"""Keywords whose value is an object of schemas; `definitions` is what `$defs` was called before."""

_HOLDERS = ONE | LIST | MAP

IN_PLACE_ONE = frozenset(("else", "if", "not", "then"))
IN_PLACE_LIST = frozenset(("allOf", "anyOf", "oneOf"))
IN_PLACE_MAP = frozenset(("dependentSchemas",))
"""Keywords whose schemas see the same value as the schema that holds them."""


KEYWORDS = (
    ONE
    | LIST
    | MAP
    | frozenset(
        [
            "$anchor",
            "$comment",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$ref",
            "$schema",
            "$vocabulary",
            "const",
            "contentEncoding",
            "contentMediaType",
            "default",
            "dependentRequired",
            "deprecated",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "pattern",
            "readOnly",
            "required",
            "title",
            "type",
            "uniqueItems",
            "writeOnly",
        ]
    )
)
"""Every keyword of JSON Schema 2020-12."""


def members(node: Node | None) -> Mapping[str, tuple[Node, Node]]:
    """What an object holds; nothing if `node` is no object."""
    value = None if node is None else node.value
    # Nearly all of them are; asking about `Mapping` takes four times as long.
    if isinstance(value, dict):
        return value
    return value if isinstance(value, Mapping) else {}


def member(node: Node, key: str) -> Node | None:
    """The value of one key of an object."""
    found = members(node).get(key)
    return found[1] if found else None


def text_of(node: Node | None) -> str | None:
    """The string that a node is, if it is one."""
    return node.value if node is not None and isinstance(node.value, str) else None


def names_dialect(node: Node | None) -> bool:
    """Whether a `$schema` means 2020-12; an empty fragment makes no difference (RFC 3986)."""
    return (text_of(node) or "").removesuffix("#") == DIALECT


def subschemas(node: Node) -> Iterator[tuple[Path, Node]]:
    """The schemas directly inside a schema, each with the steps that lead to it."""
    found = members(node)
    # Most hold none; so nearly all of a walk ends here.
    if _HOLDERS.isdisjoint(found):
        return
    for keyword, (_, value) in found.items():
        if keyword not in _HOLDERS:
            continue
        if keyword in ONE:
            yield (keyword,), value
        elif keyword in LIST and isinstance(value.value, tuple):
            for index, item in enumerate(value.value):
                yield (keyword, str(index)), item
        elif keyword in MAP:
            for key, (_, item) in members(value).items():
                yield (keyword, key), item


def applies_in_place(path: Path) -> bool:
    """Whether a step that `subschemas` gives stays at the same value."""
    return path[0] in IN_PLACE_ONE | IN_PLACE_LIST | IN_PLACE_MAP


def walk(node: Node) -> Iterator[tuple[Path, Node]]:
    """A schema and all schemas inside it, outer before inner, in the order that they are written."""
    waiting: list[tuple[Path, Node]] = [((), node)]
    while waiting:
        path, schema = waiting.pop()
        yield path, schema
        if inner := [((*path, *steps), found) for steps, found in subschemas(schema)]:
            waiting.extend(reversed(inner))


def node_at(node: Node, path: Path) -> Node:
    """The node that a path leads to, or the last one before the path leaves the text."""
    for step in path:
        inner: Node | None = None
        if isinstance(node.value, tuple):
            inner = (
                node.value[int(step)] if step.isdigit() and int(step) < len(node.value) else None
            )
        else:
            inner = member(node, step)
        if inner is None:
            return node
        node = inner
    return node
