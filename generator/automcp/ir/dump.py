"""The service as JSON, for plugins and for looking at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import cast

from ..text.names import Name
from .model import Service
from .values import Absent, Json

VERSION = 2
"""Rises when a reader of the JSON would have to change."""


def dump(service: Service) -> dict[str, Json]:
    """Every field of the service, in the order that `ir.model` declares them.

    A `Name` becomes the text of the spec. A value that the spec does not give is no member, so
    that it cannot be mistaken for `null`. One service always gives the same JSON.
    """
    said = _fields(service)
    del said["places"]
    return {"ir": VERSION, **said}


def _fields(record: object) -> dict[str, Json]:
    assert is_dataclass(record)
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    return {name: _json(value) for name, value in values if not isinstance(value, Absent)}


def _json(value: object) -> Json:
    match value:
        case Enum():
            return _json(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Name():
            return value.text
        case Mapping():
            members = cast("Mapping[str, object]", value)
            return {key: _json(item) for key, item in members.items()}
        case tuple() | list():
            return [_json(item) for item in cast("Sequence[object]", value)]
        case _:
            return _fields(value)
