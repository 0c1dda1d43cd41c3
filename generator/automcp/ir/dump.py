"""The service as JSON, for plugins and for looking at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import cast

from ..text.names import Name
from . import backends, bindings
from .model import Service
from .values import Absent, Json

VERSION = 3
"""Rises when a reader of the JSON would have to change."""


def dump(service: Service) -> dict[str, Json]:
    """Every field of the service, in the order that `ir.model` declares them.

    A `Name` becomes the text of the spec. Where records of several classes may stand, `is` says which one does. A value that the spec does not give is no member, so
    that it cannot be mistaken for `null`. One service always gives the same JSON.
    """
    # The places, most of a service by far, are left out before they are dumped and not after.
    return {"ir": VERSION, **_fields(service, without="places")}


def _fields(record: object, without: str = "") -> dict[str, Json]:
    assert is_dataclass(record)
    kind = type(record)
    said: dict[str, Json] = {"is": kind.__name__} if kind.__module__ in _SEVERAL else {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name != without and not isinstance(value, Absent):
            said[field.name] = _json(value)
    return said


def _json(value: object) -> Json:
    kind = type(value)
    # The commonest first: a large service holds a million of them.
    if kind in _SCALARS:
        return cast("Json", value)
    if kind is dict or isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {key: _json(item) for key, item in members.items()}
    if kind is tuple or kind is list:
        return [_json(item) for item in cast("Sequence[object]", value)]
    if isinstance(value, Name):
        return value.text
    return _json(value.value) if isinstance(value, Enum) else _fields(value)


_SEVERAL = frozenset((backends.__name__, bindings.__name__))
_SCALARS = frozenset((str, int, float, bool, type(None)))
