"""Schemas as fastmcp 2 and 3 shortened them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from .literals import Unclear, Unknown

_TITLES = (2, 12)
"""The release from which on titles were left out."""
_LITERALS = frozenset({"default", "const", "examples", "example", "enum"})
_KEYWORDS = frozenset(
    {"type", "properties", "$ref", "items", "allOf", "oneOf", "anyOf", "required"}
)
_SAYS_LITTLE = frozenset({"title", "description", "deprecated", "readOnly", "writeOnly"})


def slimmed(schema: dict[str, Any], release: tuple[int, ...]) -> dict[str, Any]:
    """A schema as it was listed: without titles, and before 3 open to further members.

    Raises:
        Unclear: It refers to definitions, or has a member of a name that was mistaken for a keyword.
    """
    if any("$ref" in node for node in _objects(schema)):
        raise Unknown("its schema refers to definitions, which releases listed in different ways")
    if "title" in schema.get("properties", {}) and _KEYWORDS & set(schema["properties"]):
        raise Unclear("one of its parameters was mistaken for a word of JSON Schema")
    return cast("dict[str, Any]", _slim(schema, release))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        yield members
        for one in members.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _objects(one)


def _slim(value: Any, release: tuple[int, ...]) -> Any:
    if isinstance(value, list):
        return [_slim(one, release) for one in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    node = cast("dict[str, object]", value)
    kept = {
        key: one if key in _LITERALS else _slim(one, release)
        for key, one in node.items()
        if not (key == "title" and release >= _TITLES and _is_title(node, release))
    }
    if release < (3, 0) and not _closed(release) and kept.get("additionalProperties") is False:
        del kept["additionalProperties"]
    return kept


def _closed(release: tuple[int, ...]) -> bool:
    """Whether a release before 3 listed what was closed as it was."""
    return (2, 2, 8) <= release < (2, 3, 4)


def _is_title(node: dict[str, object], release: tuple[int, ...]) -> bool:
    if not isinstance(node["title"], str):
        return False
    return bool(_KEYWORDS & set(node)) or (release >= (3, 2, 4) and set(node) <= _SAYS_LITTLE)
