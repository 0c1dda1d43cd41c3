"""Values that fit a schema, and both sides of its constraints."""

from __future__ import annotations

import copy
import json
from itertools import permutations
from typing import Any

import jsonschema_rs
import pytest
from automcp.ir.dump import dump
from automcp.targets import find
from automcp.targets.cases import NoSample, boundaries, sample
from automcp.targets.cases.schemas import Root

from .specs import service

SKU = {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{3}$"}
TREE = {
    "$defs": {
        "Tree": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
            },
            "required": ["name"],
        }
    },
    "$ref": "#/$defs/Tree",
    "type": "object",
}

FIT: list[dict[str, Any]] = [
    {"type": "string", "minLength": 3, "maxLength": 3},
    SKU,
    {"type": "string", "format": "date-time"},
    {"type": "string", "format": "uuid"},
    {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
    {"type": "number", "multipleOf": 0.25, "minimum": 0.1, "maximum": 0.3},
    {"enum": ["b", "a"]},
    {"const": {"a": [1]}},
    {"type": ["null", "integer"], "minimum": 2},
    {"type": "array", "items": SKU, "minItems": 2},
    {"type": "array", "prefixItems": [{"type": "integer"}, SKU], "items": False, "minItems": 2},
    {"type": "array", "uniqueItems": True, "minItems": 2, "items": {"enum": [1, 2]}},
    {"type": "array", "contains": {"const": 3}},
    {"type": "object", "required": ["a"], "properties": {"a": SKU}},
    {"type": "object", "required": ["a"], "additionalProperties": {"type": "integer"}},
    {"type": "object", "minProperties": 2},
    {"type": "object", "properties": {"a": {"type": "integer"}}, "dependentRequired": {"a": ["b"]}},
    {"oneOf": [{"type": "integer"}, {"type": "number"}]},
    {"anyOf": [False, {"type": "boolean"}]},
    {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}},
            {"required": ["b"], "properties": {"b": SKU}},
        ]
    },
    TREE,
    {},
]


@pytest.mark.parametrize("schema", FIT, ids=str)
def test_a_sample_fits(schema: dict[str, Any]) -> None:
    value = sample(Root(schema), schema)
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert validator.is_valid(value), value


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {}},
        {"allOf": [{"type": "integer"}, {"type": "string"}]},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"type": "string", "pattern": "^(?=x)y"},
    ],
    ids=str,
)
def test_where_nothing_fits_there_is_no_sample(schema: dict[str, Any]) -> None:
    with pytest.raises(NoSample):
        sample(Root(schema), schema)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a{500}){500}{500}",
        "((((a*)*)*)*)*$",
        "x" * 1000,
        "\\p{Lu}",
        "(a{99}){99}",
        "(a|b)*(c|d)*(e|f)*(g|h)*",
    ],
)
def test_hostile_patterns_give_nothing_big(pattern: str) -> None:
    schema: dict[str, Any] = {"anyOf": [{"type": "string", "pattern": pattern}, {"type": "null"}]}
    assert len(str(sample(Root(schema), schema))) < 10_000


INPUT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 4},
        "sku": SKU,
        "day": {"type": "string", "format": "date"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "price": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.5},
        "unit": {"enum": ["kg", "g"]},
        "kind": {"const": "x"},
        "lines": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
            "items": {"type": "object", "properties": {"at": {"type": "integer", "maximum": 0}}},
        },
        "free": {"type": "object", "minProperties": 1, "maxProperties": 2},
    },
    "required": ["name"],
    "additionalProperties": False,
}


def test_every_constraint_is_shown_from_both_sides() -> None:
    root = Root(INPUT)
    shown = {one.constraint: one for one in boundaries(root, {"name": "ab"})}
    validator = jsonschema_rs.Draft202012Validator(INPUT, validate_formats=True)
    for one in shown.values():
        assert not validator.is_valid(one.refused), one
        assert one.accepted is None or validator.is_valid(one.accepted), one
    assert {
        "arguments: required name",
        "arguments: additionalProperties",
        "name: type",
        "name: minLength",
        "name: maxLength",
        "sku: pattern",
        "day: format",
        "count: minimum",
        "count: maximum",
        "price: exclusiveMinimum",
        "price: multipleOf",
        "unit: enum",
        "kind: const",
        "lines: minItems",
        "lines: maxItems",
        "lines: uniqueItems",
        "lines[0].at: maximum",
        "free: minProperties",
        "free: maxProperties",
    } <= shown.keys()
    assert shown["name: maxLength"].accepted == {"name": "abbb"}
    assert shown["name: maxLength"].refused == {"name": "abbbb"}
    assert shown["count: minimum"].accepted == {"name": "ab", "count": 1}
    assert shown["count: minimum"].refused == {"name": "ab", "count": 0}
    assert shown["price: exclusiveMinimum"].refused == {"name": "ab", "price": 0}


def test_a_format_that_only_annotates_is_no_boundary() -> None:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    schema: dict[str, Any] = {
        "$schema": dialect,
        "type": "object",
        "properties": {"day": {"type": "string", "format": "date"}},
    }
    shown = [one.constraint for one in boundaries(Root(schema), {})]
    assert "day: format" not in shown and "day: type" in shown


def test_a_sample_shares_nothing_with_its_schema() -> None:
    document: dict[str, Any] = {"type": "object", "default": {"lines": [{"n": 1}]}}
    before = copy.deepcopy(document)
    made: Any = sample(Root(document), document)
    made["lines"][0]["n"] = 2
    made["lines"].append(1)
    assert document == before


OPTIONS = """\
groups:
  g:
    operations:
      a:
        effect: reads
        params:
          options:
            type: object
            properties: {limit: {type: integer, minimum: 1}, tags: {type: array, items: {type: string, maxLength: 3}}}
            default: {}
            examples: [{tags: []}]
          mode:
            type: object
            properties: {n: {type: integer, minimum: 1}, s: {type: string, maxLength: 3}}
            enum: [{n: 2}, {n: 2, s: a}]
            default: {n: 2}
"""


@pytest.mark.parametrize("order", [*permutations(("server", "client", "tests"))], ids="-".join)
def test_no_target_changes_the_service(order: tuple[str, ...]) -> None:
    compiled = service(OPTIONS)
    before = json.dumps(dump(compiled))
    emitted = {name: find(name).emit(compiled, {}) for name in order}
    assert json.dumps(dump(compiled)) == before
    alone = {name: find(name).emit(service(OPTIONS), {}) for name in order}
    for name, files in emitted.items():
        assert [file.text for file in files] == [file.text for file in alone[name]]


def test_what_documents_share_is_shown_once() -> None:
    definitions: dict[str, Any] = {
        "Line": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}},
        "Own": {"type": "string", "minLength": 2},
    }
    first: dict[str, Any] = {
        "type": "object",
        "properties": {"line": {"$ref": "#/$defs/Line"}, "own": {"$ref": "#/$defs/Own"}},
        "$defs": definitions,
    }
    second: dict[str, Any] = {**first, "required": ["line"]}
    seen = {"Line": 0}
    shown = [
        {one.constraint for one in boundaries(Root(document), {"line": {}}, seen)}
        for document in (first, second)
    ]
    assert {"line.n: minimum", "line: type", "own: minLength"} <= shown[0]
    assert shown[1] == {
        "arguments: type",
        "arguments: required line",
        "own: type",
        "own: minLength",
    }
