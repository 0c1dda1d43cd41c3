"""Turns the schemas of tools into those of a spec: parameters where that says the same, shared parts shared."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from jsonschema_rs import Draft202012Validator

Schema: TypeAlias = "dict[str, Any]"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_DATA = frozenset(("default", "examples", "const", "enum"))
_OWN_RESOURCE = frozenset(("$id", "$anchor", "$dynamicAnchor", "$schema"))
"""Keywords by which references in a document mean something else, or the document is of another dialect."""
_CLOSED = frozenset(("type", "properties", "required", "additionalProperties"))
_TOLD = frozenset(("title", "description", "$comment"))
_OWN_KEYS = frozenset(("optional", "header"))
"""Keys that mean something else in a parameter than in a schema."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The definitions that schemas brought along, each said once.

    Attributes:
        schemas: By name, as they read in a spec.
        prints: What each of them says with all that it leads to, to know it again.
    """

    schemas: Mapping[str, Any]
    prints: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, documents: Iterable[Schema]) -> Shared:
        """Those of `$defs` whose names a spec may have; of several of a name, the one that most documents have."""
        counted: Counter[tuple[str, str]] = Counter()
        said: dict[tuple[str, str], object] = {}
        around: dict[tuple[str, str], Mapping[str, str | None]] = {}
        for document in documents:
            own = _prints(document)
            for name, print_ in own.items():
                counted[name, print_] += 1
                said.setdefault((name, print_), document["$defs"][name])
                near = {one: own.get(one) for one in _closure(name, document["$defs"])}
                around.setdefault((name, print_), near)
        prints: dict[str, str] = {}
        # Of as many, the first one.
        for name, print_ in sorted(counted, key=lambda key: -counted[key]):
            prints.setdefault(name, print_)
        # One that leads to a definition as fewer documents have it stays with those.
        found = {
            name: said[name, print_]
            for name, print_ in prints.items()
            if all(prints.get(one) == other for one, other in around[name, print_].items())
        }
        kept = _closed(found)
        order = dict.fromkeys(name for name, _ in counted if name in kept)
        schemas = {name: _moved(found[name], kept) for name in order}
        return cls(schemas, {name: prints[name] for name in order})

    def moved(self, document: Schema) -> Schema:
        """A document without the definitions that are shared, pointing at the spec's `schemas` instead."""
        if _stands_alone(document):
            return document
        own = _prints(document)
        shared = frozenset(name for name, one in own.items() if self.prints.get(name) == one)
        rest = {
            name: schema for name, schema in document.get("$defs", {}).items() if name not in shared
        }
        outside = {key: value for key, value in document.items() if key != "$defs"}
        return cast("Schema", _moved({**outside, "$defs": rest} if rest else outside, shared))


def _prints(document: Schema) -> dict[str, str]:
    """What each of the `$defs` of a document that a spec can name says, with all that it leads to, as one text."""
    definitions: object = document.get("$defs")
    if not isinstance(definitions, dict) or _stands_alone(document):
        return {}
    members = cast("dict[str, object]", definitions)
    found: dict[str, str] = {}
    for name, schema in members.items():
        if _NAME.fullmatch(name) and not isinstance(schema, bool):
            around = {one: members[one] for one in _closure(name, members)}
            found[name] = json.dumps(around, sort_keys=True)
    return found


def _closure(name: str, definitions: Mapping[str, object]) -> list[str]:
    """A definition and those that it leads to, in one order."""
    seen = {name}
    waiting = [name]
    while waiting:
        for at in _references(definitions[waiting.pop()]):
            other = at.removeprefix("#/$defs/").partition("/")[0]
            if other in definitions and other not in seen:
                seen.add(other)
                waiting.append(other)
    return sorted(seen)


def _stands_alone(document: object) -> bool:
    """Whether a document must stay as it is: something in it has a name of its own, or another dialect."""
    if isinstance(document, list):
        return any(map(_stands_alone, cast("list[object]", document)))
    if not isinstance(document, dict):
        return False
    members = cast("dict[str, object]", document)
    return any(key in _OWN_RESOURCE for key in members) or any(
        _stands_alone(member) for key, member in members.items() if key not in _DATA
    )


def _closed(found: Mapping[str, object]) -> frozenset[str]:
    """The definitions that mention no definition that cannot be shared."""
    kept = set(found)
    while dropped := {
        name for name in kept if any(not _lies_in(at, kept) for at in _references(found[name]))
    }:
        kept -= dropped
    return frozenset(kept)


def _lies_in(reference: str, names: set[str]) -> bool:
    return reference.startswith("#/$defs/") and reference[8:].partition("/")[0] in names


def _references(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _references(item)
    elif isinstance(value, dict):
        for key, member in cast("dict[str, object]", value).items():
            if key in ("$ref", "$dynamicRef") and isinstance(member, str):
                yield member
            elif key not in _DATA:
                yield from _references(member)


def _moved(value: object, names: frozenset[str]) -> object:
    """The same schema with references to `schemas` instead of `$defs`."""
    if isinstance(value, list):
        return [_moved(item, names) for item in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    moved: dict[str, object] = {}
    for key, member in cast("dict[str, object]", value).items():
        if key == "$ref" and isinstance(member, str) and _lies_in(member, set(names)):
            moved[key] = f"#/schemas/{member[8:]}"
        else:
            moved[key] = member if key in _DATA else _moved(member, names)
    return moved


def parameters(document: Schema) -> Schema | None:
    """The `params` that publish exactly this input schema; `None` if only `input` can."""
    if document.keys() - _CLOSED or document.get("type") != "object":
        return None
    if document.get("additionalProperties") is not False or _has_inner_references(document):
        return None
    properties = cast("dict[str, object]", document.get("properties", {}))
    required = cast("list[str]", document.get("required", []))
    if [name for name in properties if name in required] != required:
        return None
    found: Schema = {}
    for name, schema in properties.items():
        if not isinstance(schema, dict) or _OWN_KEYS & schema.keys():
            return None
        said = cast("Schema", schema)
        if "default" in said and (name in required or not _fits(said)):
            return None
        optional = name not in required and "default" not in said
        found[name] = {**said, "optional": True} if optional else said
    return found


def _fits(schema: Schema) -> bool:
    """Whether a default is what its schema allows: a parameter's has to be."""
    if any(True for _ in _references(schema)):
        return True
    try:
        return Draft202012Validator(schema).is_valid(schema["default"])
    except ValueError:
        # Told elsewhere.
        return True


def _has_inner_references(document: Schema) -> bool:
    return any(not at.startswith("#/schemas/") for at in _references(document))


def takes_keywords(document: Schema) -> bool:
    """Whether handlers and callers can take the properties of an input one by one (the spec's `keywords`)."""
    if document.keys() - _CLOSED - _TOLD or document.get("type") != "object":
        return False
    return document.get("properties") not in (None, {}) and not _has_inner_references(document)


def unwrapped(document: Schema, shared: Mapping[str, Any]) -> Schema:
    """What an operation returns whose answers come as `{"result": ...}`; any other schema as it is.

    Args:
        shared: The spec's `schemas`, which say of a reference whether it stands for an object.
    """
    if document.keys() - {"type", "properties", "required"} or _has_inner_references(document):
        return document
    properties = document.get("properties")
    if document.get("required") != ["result"] or not isinstance(properties, dict):
        return document
    inner = cast("dict[str, object]", properties).get("result")
    if len(cast("dict[str, object]", properties)) != 1 or not isinstance(inner, dict):
        return document
    schema = cast("Schema", inner)
    # An object would not have been wrapped.
    return document if _is_object(schema, shared) else schema


def _is_object(schema: Schema, shared: Mapping[str, Any]) -> bool:
    """Whether a schema says that its values are objects, itself or by references."""
    for _ in range(len(shared) + 1):
        if "$ref" not in schema:
            break
        schema = shared.get(schema["$ref"].removeprefix("#/schemas/"), {})
    return schema.get("type") == "object"
