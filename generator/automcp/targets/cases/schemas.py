"""A published schema as a whole, so that its parts can be followed and checked on their own."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, cast
from urllib.parse import unquote

import jsonschema_rs

from ...ir.values import Json, JsonSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DEFINITIONS = "#/$defs/"
_ROOT = "urn:automcp:document"


class Root:
    """A schema that stands alone, with what was compiled of its parts."""

    def __init__(self, document: dict[str, Json]) -> None:
        self.document = document
        self.asserts_format = document.get("$schema") != DIALECT
        self._registry = jsonschema_rs.Registry([(_ROOT, document)])
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}
        # By identity, which is a key as long as the schema lives.
        self._known: dict[int, tuple[JsonSchema, jsonschema_rs.Draft202012Validator]] = {}

    def resolve(self, reference: str) -> JsonSchema | None:
        """What a `#/...` reference points at; `None` if it is of another kind or leads nowhere."""
        if reference == "#":
            return self.document
        if not reference.startswith("#/"):
            return None
        found: Json = self.document
        for step in unquote(reference[2:]).split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(found, dict) and key in found:
                found = found[key]
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found if isinstance(found, bool | dict) else None

    def followed(self, schema: JsonSchema) -> JsonSchema:
        """`schema`, or what it refers to, if it is nothing but a chain of references."""
        for _ in range(20):
            reference = schema.get("$ref") if isinstance(schema, dict) else None
            target = self.resolve(reference) if isinstance(reference, str) else None
            if target is None:
                break
            schema = target
        return schema

    def definitions(self, schema: JsonSchema) -> tuple[str, ...]:
        """The definitions of `$defs` that `schema` is, if it is nothing but a chain of references."""
        found: list[str] = []
        while isinstance(schema, dict) and len(found) < 20:
            reference = schema.get("$ref")
            target = self.resolve(reference) if isinstance(reference, str) else None
            if target is None or not str(reference).startswith(_DEFINITIONS):
                break
            found.append(str(reference).removeprefix(_DEFINITIONS))
            schema = target
        return tuple(found)

    def check(self, schema: JsonSchema) -> jsonschema_rs.Draft202012Validator:
        """`schema`, a part of this document, ready to check values on its own."""
        found = self._known.get(id(schema))
        if found is None:
            found = self._known[id(schema)] = schema, self._check(schema)
        return found[1]

    def _check(self, schema: JsonSchema) -> jsonschema_rs.Draft202012Validator:
        if schema is self.document:
            return jsonschema_rs.Draft202012Validator(
                self.document,
                validate_formats=self.asserts_format,
                ignore_unknown_formats=True,
                offline=True,
            )
        text = json.dumps(schema)
        if '"$' not in text:
            return _alone(text, self.asserts_format)
        if text not in self._compiled:
            self._compiled[text] = jsonschema_rs.Draft202012Validator(
                cast("dict[str, Any]", _anchored(schema)),
                validate_formats=self.asserts_format,
                ignore_unknown_formats=True,
                registry=self._registry,
                offline=True,
            )
        return self._compiled[text]


# Most parts mention nothing, and then it makes no difference which document they are of.
@lru_cache(maxsize=1 << 12)
def _alone(text: str, asserts_format: bool) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(text),
        validate_formats=asserts_format,
        ignore_unknown_formats=True,
        offline=True,
    )


def copied(value: Json) -> Json:
    """A deep copy in a fifth of the time; what is in it twice is in the copy twice, as ever."""
    return _copied(value, {})


def _copied(value: Json, known: dict[int, Json]) -> Json:
    if not isinstance(value, list | dict):
        return value
    if id(value) in known:
        return known[id(value)]
    if isinstance(value, list):
        items = known[id(value)] = list[Json]()
        items.extend([_copied(item, known) for item in value])
        return items
    members = known[id(value)] = dict[str, Json]()
    members.update({key: _copied(member, known) for key, member in value.items()})
    return members


def _anchored(schema: Json) -> Json:
    """`schema` with its references into the document made absolute, so that it can stand outside."""
    if isinstance(schema, list):
        return [_anchored(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _ROOT + value
        if key in ("$ref", "$dynamicRef") and isinstance(value, str) and value.startswith("#")
        else _anchored(value)
        for key, value in schema.items()
    }
