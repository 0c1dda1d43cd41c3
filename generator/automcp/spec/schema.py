"""The spec format as a JSON Schema, for editors: completion, hover texts, squiggles.

`python -m automcp.spec.schema > specs/automcp.schema.json` refreshes the published file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .decode import durations, shapes, sizes
from .decode.format import PART, SPEC, VERSION

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def format_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of a spec file."""
    records = {_key(record): _record(record) for record in _records(SPEC)}
    root = records.pop(_key(SPEC))
    return {
        "$schema": _DIALECT,
        "$id": f"urn:automcp:spec:{VERSION}",
        "title": "AutoMCP spec",
        **root,
        "$defs": {**records, _key(PART): _record(PART)},
    }


def format_schema_text() -> str:
    """The content of `specs/automcp.schema.json`."""
    return json.dumps(format_schema(), indent=2, ensure_ascii=False) + "\n"


def _records(shape: shapes.Shape) -> Iterator[shapes.Record]:
    match shape:
        case shapes.Record():
            yield shape
            for field in shape:
                yield from _records(field.shape)
        case shapes.MapOf():
            yield from _records(shape.value)
        case shapes.ListOf():
            yield from _records(shape.item)
        case shapes.Either():
            yield from _records(shape.long)
        case _:
            pass


def _key(record: shapes.Record) -> str:
    return record.name.replace(" ", "_")


def _record(record: shapes.Record) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "description": record.description,
        "type": ["object", "boolean"] if record.is_boolean else "object",
        "properties": {field.key: _field(field) for field in record},
    }
    required = [field.key for field in record if field.required]
    if required:
        schema["required"] = required
    if record.is_schema:
        schema["$ref"] = _DIALECT
    else:
        schema["additionalProperties"] = False
    conditions = list(_conditions(record))
    if conditions:
        schema["allOf"] = conditions
    return schema


def _conditions(record: shapes.Record) -> Iterator[dict[str, Any]]:
    """Which keys can, and which have to, stand together."""
    for pair in record.exclusive:
        yield {"not": {"required": list(pair)}}
    if record.one_of:
        yield {"oneOf": [{"required": [key]} for key in record.one_of]}
    for key, others in record.needs:
        wanted = [{"required": [other]} for other in others]
        yield {"anyOf": [{"not": {"required": [key]}}, *wanted]}


def _field(field: shapes.Field) -> dict[str, Any]:
    schema = {"description": field.description, **_shape(field.shape)}
    if field.default is not None:
        schema["default"] = field.default
    if field.examples:
        schema["examples"] = list(field.examples)
    return schema


def _shape(shape: shapes.Shape) -> dict[str, Any]:
    match shape:
        case shapes.Text():
            return _text(shape)
        case shapes.Flag():
            return {"type": "boolean"}
        case shapes.Scalar():
            return {"type": ["string", "number", "boolean"]}
        case shapes.Number():
            kind = "integer" if shape.whole else "number"
            return {"type": kind, "minimum": shape.minimum, "maximum": shape.maximum}
        case shapes.Choice():
            return {"enum": list(shape.options)}
        case shapes.FormatVersion():
            return {"const": shape.supported}
        case shapes.Duration():
            number = {"type": "number", "exclusiveMinimum": 0, "maximum": durations.LONGEST}
            return {"anyOf": [{"type": "string", "pattern": durations.PATTERN}, number]}
        case shapes.Size():
            number = {"type": "integer", "minimum": 1, "maximum": sizes.LARGEST}
            return {"anyOf": [{"type": "string", "pattern": sizes.PATTERN}, number]}
        case shapes.JsonSchema():
            return {"$ref": _DIALECT}
        case shapes.Anything():
            return {}
        case shapes.AnyMapping():
            return {"type": "object"}
        case shapes.ListOf():
            least = {} if shape.empty else {"minItems": 1}
            return {"type": "array", "items": _shape(shape.item), **least}
        case shapes.MapOf():
            return _map(shape)
        case shapes.Record():
            return {"$ref": f"#/$defs/{_key(shape)}"}
        case shapes.Either():
            return {"anyOf": [_shape(shape.short), _shape(shape.long)]}


def _text(shape: shapes.Text) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if shape.pattern is not None:
        schema["pattern"] = shape.pattern.regex
    elif not shape.empty:
        schema["pattern"] = r"\S"
    return schema


def _map(shape: shapes.MapOf) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "additionalProperties": _shape(shape.value)}
    if shape.names is not None:
        schema["propertyNames"] = {"pattern": shape.names.regex}
    return schema


if __name__ == "__main__":
    print(format_schema_text(), end="")
