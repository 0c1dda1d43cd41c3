"""Small looks at nodes of an OpenAPI document, which may have any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, TypeGuard

from ...spec.document import Node
from ...spec.keywords import members, text_of

__all__ = [
    "Json",
    "flag",
    "is_list",
    "is_mapping",
    "is_object",
    "items",
    "member",
    "members",
    "plain",
    "said",
    "text_of",
    "texts",
]

Json: TypeAlias = Any
"""A JSON value on its way into a spec; `spec.dump` types what comes out."""


def is_object(value: Json) -> TypeGuard[dict[str, Json]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Json) -> TypeGuard[list[Json]]:
    """Whether a JSON value is a list."""
    return isinstance(value, list)


def plain(node: Node) -> Json:
    """The JSON value of a node, newly made."""
    value = node.value
    # Scalars first: most nodes are, and asking about `Mapping` takes long.
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return {key: plain(inner) for key, (_, inner) in value.items()}


def member(node: Node | None, key: str) -> Node | None:
    """The value of one key; nothing if `node` is no mapping that has it."""
    found = members(node).get(key)
    return found[1] if found else None


def is_mapping(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, Mapping)


def items(node: Node | None) -> tuple[Node, ...]:
    """What a list holds; nothing if `node` is no list."""
    value = None if node is None else node.value
    return value if isinstance(value, tuple) else ()


def texts(node: Node | None) -> Iterator[str]:
    """The strings in a list."""
    for item in items(node):
        if isinstance(item.value, str):
            yield item.value


def flag(node: Node | None, key: str) -> bool:
    """Whether a key says `true`."""
    found = member(node, key)
    return found is not None and found.value is True


def said(node: Node | None, key: str) -> str:
    """The text of a key without spaces around it; empty if there is none."""
    return (text_of(member(node, key)) or "").strip()
