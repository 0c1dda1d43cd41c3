"""Which members of an object callers do not send (`readOnly`), and which they never get (`writeOnly`)."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import Documents, Located, Unresolved
from .reading import flag, items, member, members

_DEEPEST = 20
"""References and `allOf`s that are followed; composition that is deeper than this has no reader."""


def hidden(documents: Documents, schema: Located, keyword: str) -> frozenset[str]:
    """The properties of an object that are marked by `keyword`, as far as it is made of `allOf`."""
    return frozenset(_hidden(documents, schema, keyword, 0))


def _hidden(documents: Documents, schema: Located, keyword: str, depth: int) -> Iterator[str]:
    for name, (_, node) in members(member(schema.node, "properties")).items():
        if _says(documents, schema.at(node), keyword):
            yield name
    if depth < _DEEPEST:
        for part in items(member(schema.node, "allOf")):
            try:
                yield from _hidden(documents, documents.follow(schema.at(part)), keyword, depth + 1)
            except Unresolved:
                continue


def _says(documents: Documents, schema: Located, keyword: str) -> bool:
    """Whether a property is marked: itself, by what it refers to, or by a part of its `allOf`."""
    if flag(schema.node, keyword):
        return True
    try:
        target = documents.follow(schema)
    except Unresolved:
        return False
    parts = items(member(target.node, "allOf"))
    return flag(target.node, keyword) or any(flag(part, keyword) for part in parts)
