"""`nullable: true` of OpenAPI 3.0, said as JSON Schema says it."""

from __future__ import annotations

from .reading import Json

ANNOTATIONS = (
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "examples",
    "$comment",
)
"""Keywords that say something about a value to people, and allow or forbid none."""

_APPLIED = ("$ref", "allOf", "anyOf", "oneOf", "not", "if", "const")
_NULL = {"type": "null"}


def or_null(schema: Json) -> Json:
    """A schema that allows `null`, too.

    OpenAPI 3.0.3 wants `null` in the `enum`, and a `type` beside `nullable`; documents that forget either mean the same.
    """
    if not any(keyword in schema for keyword in _APPLIED):
        return _by_type(schema)
    outside = {key: value for key, value in schema.items() if key in ANNOTATIONS}
    inside = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    if list(inside) == ["anyOf"]:
        arms = inside["anyOf"]
        return {**outside, "anyOf": arms if _NULL in arms else [*arms, _NULL]}
    if list(inside) == ["allOf"] and len(inside["allOf"]) == 1:
        inside = inside["allOf"][0]
    return {**outside, "anyOf": [inside, _NULL]}


def _by_type(schema: Json) -> Json:
    found = dict(schema)
    types = schema.get("type")
    if isinstance(types, str):
        types = [types]
    if types and "null" not in types:
        found["type"] = [*types, "null"]
    if "enum" in schema and None not in schema["enum"]:
        found["enum"] = [*schema["enum"], None]
    return found
