"""Prints a schema's `default` as a value of the type that stands for the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ...ir.values import Json
from .skeleton import Alias, Definition, Record, Skeleton, arms, referred
from .text import literal


def default_expression(
    value: Json, skeleton: Skeleton, definitions: Mapping[str, Definition]
) -> str | None:
    """A Python expression for the default, with models where the type has models.

    `None` if the value is not of the type, as a schema may say: `default` is only a note there.
    """
    for arm in arms(skeleton):
        spelled = _arm(value, arm, definitions)
        if spelled is not None:
            return spelled
    return None


def _arm(value: Json, arm: Skeleton, definitions: Mapping[str, Definition]) -> str | None:
    name = referred(arm)
    if name is not None:
        definition = definitions[name]
        if isinstance(definition, Alias):
            return default_expression(value, definition.type, definitions)
        return _record(value, definition, definitions)
    if not arm:
        return literal(value)
    if "enum" in arm:
        listed = cast("list[Json]", arm["enum"])
        same = any(type(one) is type(value) and one == value for one in listed)
        return literal(value) if same else None
    match arm["type"], value:
        case "array", list():
            return _array(value, arm, definitions)
        case "object", dict():
            return _mapping(value, cast("Skeleton", arm["additionalProperties"]), definitions)
        case kind, _ if isinstance(kind, str):
            return _scalar(value, kind)
        case _:
            return None


def _scalar(value: Json, kind: str) -> str | None:
    if kind == "null":
        return "None" if value is None else None
    if kind == "boolean":
        return literal(value) if isinstance(value, bool) else None
    if kind == "string":
        return literal(value) if isinstance(value, str) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if kind == "number" or isinstance(value, int):
        return literal(value)
    return literal(int(value)) if value.is_integer() else None


def _record(value: Json, record: Record, definitions: Mapping[str, Definition]) -> str | None:
    if not isinstance(value, dict):
        return None
    for field in record.fields:
        if field.key not in value:
            if field.required:
                return None
        elif default_expression(value[field.key], field.type, definitions) is None:
            return None
    return f"{record.name}.model_validate({literal(value)})"


def _array(value: list[Json], arm: Skeleton, definitions: Mapping[str, Definition]) -> str | None:
    if "prefixItems" in arm:
        types = cast("list[Skeleton]", arm["prefixItems"])
        if len(types) != len(value):
            return None
    else:
        types = [cast("Skeleton", arm["items"])] * len(value)
    items = [
        default_expression(item, kind, definitions) for item, kind in zip(value, types, strict=True)
    ]
    spelled = [item for item in items if item is not None]
    if len(spelled) != len(items):
        return None
    inside = ", ".join(spelled)
    if "prefixItems" in arm:
        return f"({inside},)"
    return f"[{inside}]"


def _mapping(
    value: dict[str, Json], values: Skeleton, definitions: Mapping[str, Definition]
) -> str | None:
    members = {
        key: default_expression(member, values, definitions) for key, member in value.items()
    }
    if any(member is None for member in members.values()):
        return None
    return "{" + ", ".join(f"{literal(key)}: {member}" for key, member in members.items()) + "}"
