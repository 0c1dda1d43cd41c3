"""Schemas of older dialects, in the words of JSON Schema 2020-12: what many servers list still says draft-07."""

from __future__ import annotations

import re
from typing import Any, TypeAlias, cast

Schema: TypeAlias = "dict[str, Any]"

_NEWEST = "https://json-schema.org/draft/2020-12/schema"
_OLD = re.compile(r"https?://json-schema\.org/(?:draft-0[467]|draft/2019-09)/schema#?")
_DATA = frozenset(("default", "examples", "const", "enum"))
_NAMES = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"))
"""Keywords whose members have names of their own: none of these is a keyword."""
_LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def modern(document: Schema) -> Schema:
    """A schema as 2020-12 has it, if it says that it is of another dialect; else the schema as it is."""
    dialect: object = document.get("$schema")
    if dialect is None or dialect == _NEWEST:
        return document
    rest = {key: value for key, value in document.items() if key != "$schema"}
    if not isinstance(dialect, str) or not _OLD.fullmatch(dialect):
        # What nobody knows is taken for what MCP has where nothing is said.
        return rest
    return cast("Schema", _said_now(rest))


def _said_now(value: object) -> object:
    if isinstance(value, list):
        return [_said_now(item) for item in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    schema = cast("Schema", value)
    made: Schema = {}
    for key, inner in schema.items():
        if key in _DATA:
            made[key] = inner
        elif key in _NAMES and isinstance(inner, dict):
            members = cast("Schema", inner)
            named = {name: _said_now(one) for name, one in members.items()}
            made["$defs" if key == "definitions" else key] = named
        elif key == "$ref" and isinstance(inner, str):
            made[key] = inner.replace("#/definitions/", "#/$defs/", 1)
        elif key == "items" and isinstance(inner, list):
            made["prefixItems"] = _said_now(cast("object", inner))
        elif key == "additionalItems":
            if isinstance(schema.get("items"), list):
                made["items"] = _said_now(inner)
        elif key == "dependencies" and isinstance(inner, dict):
            _depend(made, cast("Schema", inner))
        elif key in _LIMITS and isinstance(inner, bool):
            continue
        else:
            made[key] = _said_now(inner)
    for exclusive, limit in _LIMITS.items():
        if schema.get(exclusive) is True and limit in made:
            made[exclusive] = made.pop(limit)
    return made


def _depend(made: Schema, dependencies: Schema) -> None:
    for name, inner in dependencies.items():
        key = "dependentRequired" if isinstance(inner, list) else "dependentSchemas"
        made.setdefault(key, {})[name] = _said_now(cast("object", inner))
