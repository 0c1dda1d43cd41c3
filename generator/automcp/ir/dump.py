"""The service as JSON, for plugins and for looking at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from typing import Any, cast

from ..runtime.shared.definitions import Definitions
from ..text.names import Name
from . import backends, bindings
from .model import Service
from .values import Absent, ErrorType, Input, Json, Output

VERSION = 3
"""Rises when a reader of the JSON would have to change."""


def dump(service: Service) -> dict[str, Json]:
    """Every field of the service, in the order that `ir.model` declares them.

    A `Name` becomes the text of the spec. Where records of several classes may stand, `is` says which one does. A
    value that the spec does not give is no member, so that it cannot be mistaken for `null`. Published documents are
    shown without the named schemas under their `$defs`: these are among `schemas`. One service always gives the same JSON.
    """
    return cast("dict[str, Json]", json.loads(dump_text(service)))


def dump_text(service: Service) -> str:
    """The same as text without any space."""
    # The places are most of a service by far. The encoder asks about records only: schemas, nearly all of
    # the rest, never meet Python.
    said = {"ir": VERSION, **_fields(service)}
    del said["places"]
    shared = Definitions({one.key: one.schema for one in service.schemas})
    step = partial(_json, shared)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=step)


def _json(shared: Definitions, value: object) -> object:
    """One step towards JSON from what is none."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    if isinstance(value, Name):
        return value.text
    if isinstance(value, Enum):
        return value.value
    said = _fields(value)
    for name in _DOCUMENTS.get(type(value), ()):
        document = said.get(name)
        if isinstance(document, dict):
            said[name] = shared.without(cast("dict[str, Json]", document))
    return said


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


_DOCUMENTS: Mapping[type[Any], tuple[str, ...]] = {
    Input: ("published",),
    Output: ("published", "checked"),
    ErrorType: ("published",),
}
"""The members that stand alone, so that each would say all shared schemas again."""
_SEVERAL = frozenset((backends.__name__, bindings.__name__))
