"""Values that are bytes to a client, and base64 on the wire: schemas that say `contentEncoding: base64`."""

from __future__ import annotations

import ast
import base64
from collections.abc import Mapping
from dataclasses import replace

from ...ir.model import Operation, Service
from ...ir.values import Json, JsonSchema
from .arguments import Argument, arguments_of
from .models import TypedField, Types
from .operations import fields_of

_DEFS = "#/$defs/"
_TEXTS: tuple[Json, ...] = ("string", ["string"], ["string", "null"], ["null", "string"])


class Encoded:
    """What of a service is base64.

    Only parameters and answers as a whole: what is inside of objects and lists is a text there.
    """

    def __init__(self, service: Service) -> None:
        self._named: Mapping[str, JsonSchema] = {one.key: one.schema for one in service.schemas}

    def arguments(self, operation: Operation, types: Types) -> tuple[Argument, ...]:
        """The parameters of an operation as its client's method takes them."""
        schemas = {one.key: one.schema for one in operation.input.parameters}
        fields = fields_of(operation, types)
        if not any(self._is(schemas[field.key]) for field in fields):
            return arguments_of(fields)
        taken = tuple(_in_bytes(one) if self._is(schemas[one.key]) else one for one in fields)
        return tuple(
            _encoding(argument) if self._is(schemas[field.key]) else argument
            for field, argument in zip(fields, arguments_of(taken), strict=True)
        )

    def returns(self, operation: Operation, annotation: str) -> str | None:
        """The type of an answer that is base64; `None` if it is none, or has content beside it."""
        output = operation.output
        if output is None or operation.content or not self._is(output.schema):
            return None
        return _bytes(annotation)

    def _is(self, schema: JsonSchema) -> bool:
        if not isinstance(schema, dict):
            return False
        target = schema.get("$ref")
        if isinstance(target, str) and target.startswith(_DEFS):
            named = self._named.get(target.removeprefix(_DEFS), True)
            return "$ref" not in (named if isinstance(named, dict) else {}) and self._is(named)
        encoding = schema.get("contentEncoding")
        is_base64 = isinstance(encoding, str) and encoding.lower() == "base64"
        return is_base64 and schema.get("type") in _TEXTS


def _bytes(annotation: str) -> str:
    return "bytes | None" if annotation.endswith(" | None") else "bytes"


def _in_bytes(field: TypedField) -> TypedField:
    default = None if field.default is None else _decoded(field.default)
    return replace(field, annotation=_bytes(field.annotation), default=default)


def _decoded(default: str) -> str | None:
    """A default as bytes; `None` if it is no base64: then the server alone knows what it means."""
    value: object = ast.literal_eval(default)
    try:
        return repr(base64.b64decode(value, validate=True)) if isinstance(value, str) else default
    except ValueError:
        return None


def _encoding(argument: Argument) -> Argument:
    sent = f"to_base64({argument.name})"
    return replace(argument, sent=sent if argument.sent == argument.name else f"given({sent})")
