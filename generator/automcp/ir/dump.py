"""The service as JSON, for plugins and for looking at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, cast

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
    return cast("dict[str, Json]", json.loads(dump_text(service)))


def dump_text(service: Service) -> str:
    """The same as text without any space."""
    # The places are most of a service by far. The encoder asks about records only: schemas, nearly all of
    # the rest, never meet Python.
    said = {"ir": VERSION, **_fields(service)}
    del said["places"]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_json)


def _json(value: object) -> object:
    """One step towards JSON from what is none."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    if isinstance(value, Name):
        return value.text
    return value.value if isinstance(value, Enum) else _fields(value)


def _fields(record: object) -> dict[str, object]:
    kind: Any = type(record)
    said: dict[str, object] = {"is": kind.__name__} if kind.__module__ in _SEVERAL else {}
    for name in _names(kind):
        value = getattr(record, name)
        if not isinstance(value, Absent):
            said[name] = value
    return said


@cache
def _names(kind: Any) -> tuple[str, ...]:
    assert is_dataclass(kind)
    return tuple(field.name for field in fields(kind))


_SEVERAL = frozenset((backends.__name__, bindings.__name__))
