"""Keeps the types of a service in the user's cache, for the runs in which its schemas are the same.

Deciding them takes a fifth of a run. What decides sees a service without its texts and all else that types do not
depend on, and just that is the name of what is kept: so nothing that matters can be missing from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ... import cache
from ...identity import identity
from ...ir.dump import dump_text
from ...ir.model import Effect, Group, Operation, Service
from ...ir.offers import Card
from ..shared_work import SharedWork
from .models import TypedAlias, TypedField, TypedRecord, Types, types_of

_KIND = "models"
_WORD = "types"
_UNTITLED = Card(None, None)


# Two targets ask about one service.
@SharedWork
def known_types(service: Service) -> Types:
    """The types of a service, from the cache if they were decided before."""
    bare = _bare(service)
    name = _name(bare)
    kept = cache.read(_KIND, name) if name else None
    types = _loaded(kept) if kept else None
    if types is None:
        types = types_of(bare)
        if name:
            cache.write(_KIND, {name: _dumped(types)})
    return types


def _name(bare: Service) -> str | None:
    if cache.folder() is None:
        return None
    try:
        return cache.name_of(identity(), _WORD, dump_text(bare))
    except OSError:
        return None


def _bare(service: Service) -> Service:
    """The service without what types do not depend on; what is new in the IR stays in it until somebody looks."""
    return replace(
        service,
        version="",
        title=None,
        description=None,
        instructions=None,
        website=None,
        settings=(),
        icons=(),
        groups=tuple(map(_bare_group, service.groups)),
        places={},
    )


def _bare_group(group: Group) -> Group:
    operations = tuple(map(_bare_operation, group.operations))
    return replace(group, title=None, description=None, operations=operations)


def _bare_operation(operation: Operation) -> Operation:
    taken, given = operation.input, operation.output
    return replace(
        operation,
        card=_UNTITLED,
        # Said by the parameters, each a document of its own; and by the answer's own schema.
        input=replace(taken, published={}) if taken.form == "params" else taken,
        output=None if given is None else replace(given, published=None, checked={}),
        effect=Effect.READS,
        idempotent=False,
        open_world=False,
        annotations=None,
        errors=(),
        timeout=None,
        examples=(),
    )


def _dumped(types: Types) -> bytes:
    definitions: list[object] = [
        [one.name, one.annotation, one.description]
        if isinstance(one, TypedAlias)
        else [one.name, [_row(field) for field in one.fields], one.description]
        for one in types.definitions.values()
    ]
    arguments = {tool: one and one.name for tool, one in types.arguments.items()}
    told = {**{name: getattr(types, name) for name in _TEXTS}, "arguments": arguments}
    return json.dumps({**told, "definitions": definitions}).encode()


_TEXTS = ("returns", "reads", "forms", "errors", "data")
"""What of `Types` is nothing but text."""


def _row(field: TypedField) -> list[object]:
    return [getattr(field, name) for name in TypedField.__slots__]


def _loaded(data: bytes) -> Types | None:
    """Types as they were kept; `None` if these are none."""
    try:
        found: Any = json.loads(data)
        definitions = {one[0]: _definition(*one) for one in found.pop("definitions")}
        arguments = {
            tool: _record(definitions, name) for tool, name in found.pop("arguments").items()
        }
        return Types(definitions=definitions, arguments=arguments, **found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _definition(name: str, said: Any, description: str | None) -> TypedRecord | TypedAlias:
    if isinstance(said, str):
        return TypedAlias(name, said, description)
    fields = tuple(TypedField(*row) for row in said)
    return TypedRecord(name, fields, description)


def _record(
    definitions: Mapping[str, TypedRecord | TypedAlias], name: str | None
) -> TypedRecord | None:
    if name is None:
        return None
    record = definitions[name]
    if isinstance(record, TypedAlias):
        raise TypeError(name)
    return record
