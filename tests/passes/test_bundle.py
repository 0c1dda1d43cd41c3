"""Published documents mean what the spec's schemas mean."""

from __future__ import annotations

import json
from typing import Any

import pytest
from automcp.ir.values import Json, JsonSchema
from automcp.pipeline import analyse
from automcp.resolve.ordering import ordered
from automcp.text.report import Rejected, Report
from automcp.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from .specs import operation, service

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published_params(params: str, schemas: str = "schemas: {}") -> dict[str, Any]:
    return operation(
        "params:\n" + "\n".join("  " + line for line in params.splitlines()), schemas
    ).input.published


def test_named_schemas_are_bundled_with_all_that_they_lead_to() -> None:
    schemas = """
        schemas:
          Order: {type: object, properties: {lines: {type: array, items: {$ref: "#/schemas/Line"}}}}
          Line: {type: object, properties: {parent: {$ref: "#/schemas/Order"}}}
          Unused: {type: string}
    """
    assert published_params('order: {$ref: "#/schemas/Order", description: One.}', schemas) == {
        "type": "object",
        "properties": {"order": {"$ref": "#/$defs/Order", "description": "One."}},
        "required": ["order"],
        "additionalProperties": False,
        "$defs": {
            "Order": {
                "type": "object",
                "properties": {"lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
            },
            "Line": {"type": "object", "properties": {"parent": {"$ref": "#/$defs/Order"}}},
        },
    }


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ('{$ref: "#/$defs/y", $defs: {y: {}}}', "#/properties/a/$defs/y"),
        ('{$ref: "#/$defs/~1%7B", $defs: {"/{": {}}}', "#/properties/a/$defs/~1%7B"),
        ('{$ref: "#y", $defs: {y: {$anchor: y}}}', "#y"),
        ('{$ref: "#/schemas/Y"}', "#/$defs/Y"),
        ('{$id: "urn:a", $ref: "#/$defs/y", $defs: {y: {}}}', "#/$defs/y"),
        ('{$ref: "urn:y", $defs: {y: {$id: "urn:y"}}}', "urn:y"),
        ('{$ref: "y", $defs: {y: {$id: "y"}}}', "y"),
    ],
)
def test_a_reference_goes_where_it_went(written: str, published: str) -> None:
    found = published_params(f"a: {written}", "schemas: {Y: {type: string}}")
    assert found["properties"]["a"]["$ref"] == published


@pytest.mark.parametrize("keyword", ["const", "default", "examples", "enum"])
def test_data_that_looks_like_a_reference_is_data(keyword: str) -> None:
    value: Json = {"$ref": "#/schemas/Nothing"}
    held = value if keyword in ("const", "default") else [value]
    found = published_params(f"a: {json.dumps({keyword: held})}")
    assert found["properties"]["a"] == {keyword: held}


def test_a_property_called_ref_is_a_property() -> None:
    found = published_params(
        'a: {properties: {$ref: {$ref: "#/schemas/Y"}}}', "schemas: {Y: {type: string}}"
    )
    assert found["properties"]["a"]["properties"] == {"$ref": {"$ref": "#/$defs/Y"}}


def test_names_are_escaped_as_pointers() -> None:
    files = {"common.yaml": 'schemas: {"a/b c~": {type: string}}'}
    found = operation(
        'params: {a: {$ref: "common.yaml#/schemas/a~1b%20c~0"}}', files=files
    ).input.published
    assert found["properties"] == {"a": {"$ref": "#/$defs/a~1b%20c~0"}}
    assert found["$defs"] == {"a/b c~": {"type": "string"}}


def test_a_raw_input_is_published_as_it_stands() -> None:
    raw = {
        "$id": "urn:whole",
        "type": "object",
        "x-mine": [1],
        "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#"}},
        "$defs": {"a": {"$anchor": "a"}},
    }
    assert operation(f"input: {json.dumps(raw)}").input.published == raw


def test_schemas_of_another_file_get_a_free_key() -> None:
    files = {
        "common.yaml": 'schemas: {Y: {$ref: "#/schemas/Z"}, Z: {type: integer}}',
        "sub/other.yaml": 'schemas: {Y: {$ref: "../common.yaml#/schemas/Y"}}',
    }
    found = operation(
        """
        params:
          a: {$ref: "#/schemas/Y"}
          b: {$ref: "./common.yaml#/schemas/Y"}
          c: {$ref: "sub/other.yaml#/schemas/Y"}
        """,
        "schemas: {Y: {type: string}}",
        files,
    ).input.published
    assert found["properties"] == {
        "a": {"$ref": "#/$defs/Y"},
        "b": {"$ref": "#/$defs/CommonY"},
        "c": {"$ref": "#/$defs/OtherY"},
    }
    assert found["$defs"] == {
        "Y": {"type": "string"},
        "CommonY": {"$ref": "#/$defs/Z"},
        "Z": {"type": "integer"},
        "OtherY": {"$ref": "#/$defs/CommonY"},
    }


def test_a_key_is_free_as_a_class_too() -> None:
    files = {"common.yaml": "schemas: {order-line: {type: integer}}"}
    found = service(
        'schemas: {OrderLine: {type: string}, A: {$ref: "common.yaml#/schemas/order-line"}}', files
    )
    assert [named.key for named in found.schemas] == ["OrderLine", "A", "Commonorder-line"]


def test_an_included_file_shares_the_names() -> None:
    found = service(
        'include: [more.yaml]\nschemas: {Y: {type: string}, A: {$ref: "more.yaml#/schemas/Z"}}',
        {"more.yaml": 'automcp: 1\nschemas: {Z: {$ref: "#/schemas/Y"}}'},
    )
    assert [(named.key, named.schema) for named in found.schemas] == [
        ("Y", {"type": "string"}),
        ("A", {"$ref": "#/$defs/Z"}),
        ("Z", {"$ref": "#/$defs/Y"}),
    ]


@pytest.mark.parametrize(
    ("params", "first"),
    [
        (f'a: {{$schema: "{DIALECT}", type: string}}', "$schema"),
        ('a: {$ref: "#/schemas/Y"}', "$schema"),
        ("a: {type: string}", "type"),
        (f'a: {{items: {{$schema: "{DIALECT}"}}}}', "type"),
    ],
)
def test_a_dialect_at_the_root_of_a_part_is_the_documents(params: str, first: str) -> None:
    found = published_params(params, f'schemas: {{Y: {{$schema: "{DIALECT}"}}}}')
    assert next(iter(found)) == first


@pytest.mark.parametrize(
    ("returns", "wrapped"),
    [
        ("{type: object}", False),
        ('{$ref: "#/schemas/Object"}', False),
        ('{allOf: [{title: A}, {$ref: "#/schemas/Object"}]}', False),
        ('{$ref: "#/$defs/o", $defs: {o: {type: object}}}', False),
        ('{$ref: "#o", $defs: {o: {$anchor: o, type: object}}}', False),
        ("{properties: {a: {}}}", True),
        ("{anyOf: [{type: object}, {type: object}]}", True),
        ('{type: [object, "null"]}', True),
        ("{type: array}", True),
        ("true", True),
        ("{}", True),
    ],
)
def test_what_surely_is_an_object_is_not_wrapped(returns: str, wrapped: bool) -> None:
    output = operation(f"returns: {returns}", "schemas: {Object: {type: object}}").output
    assert output is not None
    assert output.wrapped is wrapped
    assert output.published == output.checked
    assert output.checked["type"] == "object"
    assert ("result" in str(output.checked.get("required"))) is wrapped


def test_a_wrapped_schema_keeps_its_own_references() -> None:
    found: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/i"}, "$defs": {"i": {}}}
    output = operation(f"returns: {json.dumps(found)}").output
    assert output is not None
    assert output.schema == found
    moved = {**found, "items": {"$ref": "#/properties/result/$defs/i"}}
    assert output.checked["properties"] == {"result": moved}


def test_a_parameter_keeps_its_own_references() -> None:
    found = operation(
        'params: {a: {$ref: "#/$defs/i", $defs: {i: {$ref: "#/schemas/S"}}}}', "schemas: {S: {}}"
    ).input
    assert found.parameters[0].schema == {
        "$ref": "#/$defs/i",
        "$defs": {"i": {"$ref": "#/$defs/S"}},
    }
    assert found.published["properties"] == {
        "a": {"$ref": "#/properties/a/$defs/i", "$defs": {"i": {"$ref": "#/$defs/S"}}}
    }


def test_an_unstructured_output_is_checked_but_not_published() -> None:
    output = operation("returns: {type: string}\nstructured: false").output
    assert output is not None
    assert output.published is None
    assert output.checked == {
        "type": "object",
        "properties": {"result": {"type": "string"}},
        "required": ["result"],
    }


LEAVES = st.sampled_from(
    [
        {"type": "integer"},
        {"type": "string", "minLength": 2},
        {"const": {"$ref": "#/nowhere"}},
        {"$ref": "#/$defs/0"},
        {"$ref": "#/$defs/a~1b"},
        {"$ref": "#named"},
        {"$ref": "#/schemas/Shared"},
        {"$ref": "urn:inner"},
        True,
        False,
    ]
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda schema: {"type": "array", "items": schema}),
        inner.map(
            lambda schema: {"type": "object", "properties": {"$ref": schema, "next": {"$ref": "#"}}}
        ),
        inner.map(lambda schema: {"not": schema}),
        st.lists(inner, min_size=1, max_size=2).map(lambda schemas: {"anyOf": schemas}),
    ),
    max_leaves=5,
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([0, "a", "ab", None, {"$ref": "#/nowhere"}]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["$ref", "next"]), inner)
    ),
    max_leaves=5,
)
SHARED = {
    "type": "object",
    "properties": {"next": {"$ref": "#/$defs/Shared"}},
    "required": ["next"],
}


@settings(max_examples=150, deadline=None)
@given(root=SCHEMAS, first=SCHEMAS, second=LEAVES, value=VALUES)
def test_embedding_keeps_the_meaning(root: Any, first: Any, second: Any, value: Json) -> None:
    """The oracle is the schema alone, with the one spec reference written as a local one."""
    inner = {"$id": "urn:inner", "$ref": "#/$defs/x", "$defs": {"x": {"type": "string"}}}
    schema = {
        "allOf": [root],
        "$defs": {
            "0": first,
            "a/b": {"type": "array", "items": second},
            "n": {"$anchor": "named", "maxLength": 1},
            "i": inner,
        },
    }
    spec = {
        "automcp": 1,
        "name": "s",
        "version": "1",
        "schemas": {
            "Shared": {
                "type": "object",
                "properties": {"next": {"$ref": "#"}},
                "required": ["next"],
            }
        },
        "groups": {"g": {"operations": {"o": {"params": {"value": schema}, "returns": schema}}}},
    }
    try:
        compiled = analyse(Source("spec.json", json.dumps(spec)), _no_files, Report()).operations[0]
    except Rejected as rejected:
        assert {found.code for found in rejected.report if found.level == "error"} == {"AM205"}
        return
    alone = json.loads(json.dumps(schema).replace("#/schemas/Shared", "#/$defs/Shared"))
    alone["$defs"]["Shared"] = SHARED
    valid = Draft202012Validator(alone).is_valid(value)
    assert compiled.output is not None
    assert Draft202012Validator(compiled.input.published).is_valid({"value": value}) is valid
    sent: Json = {"result": value} if compiled.output.wrapped else value
    assert Draft202012Validator(compiled.output.checked).is_valid(sent) is valid


def _no_files(name: str) -> Source:
    raise FileNotFoundError(name)


def test_keywords_have_one_order_and_names_the_specs() -> None:
    schema: JsonSchema = {
        "x-own": 1,
        "$defs": {"b": {"minimum": 1, "type": "integer"}, "a": True},
        "required": ["z"],
        "properties": {"z": {"default": {"b": 1, "a": 2}, "type": "object"}, "description": False},
        "type": "object",
        "anyOf": [{"not": {"maxLength": 1, "title": "t"}}],
    }
    assert json.dumps(ordered(schema)) == json.dumps(
        {
            "type": "object",
            "properties": {
                "z": {"type": "object", "default": {"b": 1, "a": 2}},
                "description": False,
            },
            "required": ["z"],
            "anyOf": [{"not": {"title": "t", "maxLength": 1}}],
            "$defs": {"b": {"type": "integer", "minimum": 1}, "a": True},
            "x-own": 1,
        }
    )
