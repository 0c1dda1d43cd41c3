"""One order for the keywords of a schema, so that the order in which a spec happens to write them changes nothing.

Names keep the spec's order (properties, definitions): that order has a meaning to readers.
"""

from __future__ import annotations

from ..ir.values import Json, JsonSchema
from ..spec.keywords import KEYWORDS, LIST, MAP, ONE

_FIRST = (
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$ref",
    "$dynamicRef",
    "title",
    "description",
    "type",
)
_SHAPE = ("properties", "required", "additionalProperties", "prefixItems", "items")
_LAST = ("default", "examples", "$comment", "$defs", "definitions")
_NAMED = {*_FIRST, *_SHAPE, *_LAST}
_RANKS = {
    keyword: rank
    for rank, keyword in enumerate((*_FIRST, *_SHAPE, *sorted(KEYWORDS - _NAMED), *_LAST))
}


def ordered(schema: JsonSchema) -> JsonSchema:
    """The same schema, its keywords in one order at every level; values are left alone."""
    if isinstance(schema, bool):
        return schema
    return {key: _member(key, schema[key]) for key in sorted(schema, key=_rank)}


def _rank(keyword: str) -> tuple[int, str]:
    """Keywords that JSON Schema does not know come behind the others, by name."""
    return _RANKS.get(keyword, len(_RANKS)), keyword


def _member(keyword: str, value: Json) -> Json:
    if keyword in ONE:
        return _schema(value)
    if keyword in LIST and isinstance(value, list):
        return [_schema(item) for item in value]
    if keyword in MAP and isinstance(value, dict):
        return {name: _schema(item) for name, item in value.items()}
    return value


def _schema(value: Json) -> Json:
    return ordered(value) if isinstance(value, bool | dict) else value
