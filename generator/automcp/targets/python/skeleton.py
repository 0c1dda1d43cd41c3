"""What a Python type can say of a schema: a small JSON Schema that accepts more, never less.

A skeleton is one of: `{}` (anything), `{"type": <scalar>}`, `{"enum": [...]}` of strings, integers, booleans,
`{"type": "array", "items": S}`, a closed tuple, `{"type": "object", "additionalProperties": S}`,
`{"$ref": "#/$defs/Name"}`, `{"anyOf": [S, ...]}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from ...ir.values import ABSENT, Absent, Json

Skeleton: TypeAlias = dict[str, Json]

ANY: Skeleton = {}
NULL: Skeleton = {"type": "null"}
NUMBER: Skeleton = {"anyOf": [{"type": "integer"}, {"type": "number"}]}
ANY_OBJECT: Skeleton = {"type": "object", "additionalProperties": {}}

_REF = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Field:
    """A property that a record names.

    Attributes:
        name: Its Python name, unique in the record.
        default: The default, if it is of the field's own type; else `ABSENT`.
    """

    key: str
    name: str
    type: Skeleton
    required: bool
    default: Json | Absent = ABSENT
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An object schema that becomes a model.

    Attributes:
    """

    name: str
    fields: tuple[Field, ...]
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A schema with a name that is no record."""

    name: str
    type: Skeleton
    description: str | None = None


Definition: TypeAlias = Record | Alias


def reference(name: str) -> Skeleton:
    return {"$ref": _REF + name}


def referred(skeleton: Skeleton) -> str | None:
    """The name that a reference refers to; `None` for any other skeleton."""
    target = skeleton.get("$ref")
    return target.removeprefix(_REF) if isinstance(target, str) else None


def arms(skeleton: Skeleton) -> list[Skeleton]:
    """The members of a union; the skeleton itself if it is none."""
    return cast("list[Skeleton]", skeleton["anyOf"]) if "anyOf" in skeleton else [skeleton]


def array(items: Skeleton) -> Skeleton:
    return {"type": "array", "items": items}


def closed_tuple(items: list[Skeleton]) -> Skeleton:
    return {
        "type": "array",
        "prefixItems": cast("list[Json]", items),
        "items": False,
        "minItems": len(items),
        "maxItems": len(items),
    }


def mapping(values: Skeleton) -> Skeleton:
    return {"type": "object", "additionalProperties": values}


def union(members: Iterable[Skeleton]) -> Skeleton:
    """One of the members: flat, each once, in order, enumerations joined; `ANY` takes everything in."""
    flat: list[Skeleton] = []
    for member in members:
        if member == ANY:
            return ANY
        for arm in arms(member):
            if arm not in flat:
                flat.append(arm)
    flat = _enumerations_joined(flat)
    if not flat:
        return ANY
    return flat[0] if len(flat) == 1 else {"anyOf": cast("list[Json]", flat)}


def _enumerations_joined(members: list[Skeleton]) -> list[Skeleton]:
    values = [value for member in members for value in cast("list[Json]", member.get("enum", []))]
    if not values:
        return members
    first = next(at for at, member in enumerate(members) if "enum" in member)
    rest = [member for member in members if "enum" not in member]
    joined: Skeleton = {"enum": _distinct(values)}
    return [*rest[:first], joined, *rest[first:]]


def _distinct(values: list[Json]) -> list[Json]:
    """Each value once; `1` and `true` are two values."""
    return list({(type(value), value): value for value in cast("list[str]", values)}.values())


def parts(skeleton: Skeleton) -> Iterator[Skeleton]:
    """The skeletons directly inside this one, references not followed."""
    for key in ("anyOf", "prefixItems"):
        yield from cast("list[Skeleton]", skeleton.get(key, []))
    for key in ("items", "additionalProperties"):
        inner = skeleton.get(key)
        if isinstance(inner, dict):
            yield inner


def mentions(skeleton: Skeleton) -> Iterator[str]:
    """The names that it refers to at any depth, references not followed."""
    name = referred(skeleton)
    if name is not None:
        yield name
    for part in parts(skeleton):
        yield from mentions(part)


def renamed(skeleton: Skeleton, names: Mapping[str, str]) -> Skeleton:
    """The skeleton with other names in its references."""
    return {key: _renamed(key, value, names) for key, value in skeleton.items()}


def _renamed(key: str, value: Json, names: Mapping[str, str]) -> Json:
    if key == "$ref":
        name = str(value).removeprefix(_REF)
        return _REF + names.get(name, name)
    if isinstance(value, dict):
        return renamed(value, names)
    if key in ("anyOf", "prefixItems"):
        return [renamed(part, names) for part in cast("list[Skeleton]", value)]
    return value


def admits_null(skeleton: Skeleton, definitions: Mapping[str, Definition]) -> bool:
    """Whether `null` fits it, through aliases too."""
    for arm in arms(skeleton):
        name = referred(arm)
        if arm in (ANY, NULL):
            return True
        if name is not None:
            definition = definitions[name]
            if isinstance(definition, Alias) and admits_null(definition.type, definitions):
                return True
    return False
