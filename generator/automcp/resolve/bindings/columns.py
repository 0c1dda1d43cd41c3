"""What the columns of a statement hold, as far as what is returned says it and a database cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ...ir.bindings import Column
from .promise import Promise

_STRUCTURES = frozenset(("array", "object"))


def columns_of(rows: str, promise: Promise) -> Mapping[str, Column]:
    """The columns of which anything is to be said, by name; of `rows: value`, the name is empty."""
    schema, kinds = promise.schema, promise.shared.kinds
    if schema is None:
        return {}
    if rows == "value":
        held = _holds(kinds.of(schema))
        return {"": Column(held, optional=False)} if held else {}
    if rows not in ("many", "one"):
        return {}
    members = kinds.members(schema, of_items=rows == "many")
    columns = {
        name: Column(_holds(one.kinds), not one.required and "null" not in one.kinds)
        for name, one in members.items()
    }
    return {name: one for name, one in columns.items() if one.holds or one.optional}


def may_be_null(promise: Promise) -> bool:
    """Whether what is returned may be `null`."""
    return promise.schema is None or "null" in promise.shared.kinds.of(promise.schema)


def _holds(kinds: frozenset[str]) -> Literal["boolean", "json"] | None:
    """What a 0 or a text can only mean, because it cannot be returned as what it is."""
    if "boolean" in kinds and "number" not in kinds:
        return "boolean"
    return "json" if kinds & _STRUCTURES and "string" not in kinds else None
