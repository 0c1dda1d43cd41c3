"""What breaks a schema, and in which words."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from automcp.runtime.shared.model import Json
from automcp.runtime.shared.schema import Schema, asserts_format
from hypothesis import given as drawn
from hypothesis import strategies as st

LINE: Json = {
    "type": "object",
    "properties": {"sku": {"type": "string"}, "quantity": {"type": "integer"}},
    "required": ["sku"],
    "additionalProperties": False,
}
LINES: dict[str, Json] = {
    "type": "object",
    "properties": {"lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
    "$defs": {"Line": LINE},
}
NODE: dict[str, Json] = {
    "$ref": "#/$defs/node",
    "$defs": {"node": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
}

SENTENCES: list[tuple[dict[str, Json], object, list[str]]] = [
    ({"type": "string"}, "fine", []),
    ({"type": "integer"}, 1.0, []),
    ({"type": "integer"}, 10**400, []),
    ({"type": "string"}, 5, ["the value must be a string, not the number 5"]),
    ({"type": "array"}, {}, ["the value must be an array, not an object"]),
    ({"type": ["string", "null"]}, True, ["the value must be null or a string, not true"]),
    ({"enum": ["a", 1, None]}, "b", ['the value must be "a", 1 or null, not "b"']),
    ({"const": {"a": 1}}, None, ['the value must be {"a": 1}, not null']),
    ({"minimum": 1}, 0, ["the value must be at least 1, not 0"]),
    ({"maximum": 1}, 2, ["the value must be at most 1, not 2"]),
    ({"exclusiveMinimum": 1}, 1, ["the value must be greater than 1, not 1"]),
    ({"exclusiveMaximum": 1}, 1, ["the value must be less than 1, not 1"]),
    ({"multipleOf": 2}, 3, ["the value must be a multiple of 2, not 3"]),
    ({"minLength": 1}, "", ["the value must have at least 1 character, has 0"]),
    ({"maxLength": 2}, "abc", ["the value must have at most 2 characters, has 3"]),
    ({"minItems": 2}, [1], ["the value must have at least 2 items, has 1"]),
    ({"maxItems": 1}, [1, 2], ["the value must have at most 1 item, has 2"]),
    ({"uniqueItems": True}, [1, 1], ["the value must not hold the same item twice"]),
    ({"pattern": "^a$"}, "b", ['the value must match the pattern "^a$", not be "b"']),
    ({"format": "date"}, "soon", ['the value must be a valid date, not "soon"']),
    ({"not": {"const": 3}}, 3, ["the value must not be 3: the schema excludes it"]),
    ({"properties": {"a": False}}, {"a": 1}, ["a is not allowed here"]),
    (
        {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "x",
        ['the value must be an integer or null, not the string "x"'],
    ),
    (
        {"oneOf": [{"properties": {"kind": {"const": "a"}}}, {"required": ["b"]}]},
        {"kind": "c"},
        [
            'the value must match exactly one of 2 alternatives: (1) kind must be "a", not "c"; (2) must have the property "b"'
        ],
    ),
    (
        {"oneOf": [{}, {}]},
        1,
        ["the value must match exactly one of the alternatives, but matches several"],
    ),
    ({"required": ["a b"]}, {}, ['["a b"] is required but missing']),
    ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, ["b is required but missing"]),
    ({"unevaluatedProperties": False}, {"z": 1}, ["z is not allowed here"]),
    (
        {"propertyNames": {"maxLength": 1}},
        {"zz": 1},
        ["the value has a property name that must have at most 1 character, has 2"],
    ),
    ({"additionalProperties": False}, {"z": 1, "y": {}}, ["the value must not have any property"]),
    (
        {"properties": {}, "additionalProperties": False},
        {"z": 1, "y": {}},
        ["y is not allowed here", "z is not allowed here"],
    ),
    (
        {"properties": {"additionalProperties": False}},
        {"additionalProperties": {"z": 1}},
        ["additionalProperties is not allowed here"],
    ),
    (
        LINES,
        {"lines": [{"sku": "a"}, {"quantty": 1}]},
        [
            'lines[1].quantty is not allowed here: did you mean "quantity"?',
            "lines[1].sku is required but missing",
        ],
    ),
    (
        LINES,
        {"lines": [{"sku": "a", "x": 1}]},
        ["lines[0].x is not allowed here: allowed are sku and quantity"],
    ),
]


@pytest.mark.parametrize(("schema", "value", "sentences"), SENTENCES)
def test_violations_say_what_to_do(
    schema: dict[str, Json], value: object, sentences: list[str]
) -> None:
    assert sorted(map(str, Schema(schema).violations(value))) == sorted(sentences)


@pytest.mark.parametrize(
    ("dialect", "asserted"),
    [
        (None, True),
        ("https://json-schema.org/draft/2020-12/schema", False),
        ("https://json-schema.org/draft/2020-12/schema#", False),
        ("https://example.com/mine", True),
    ],
)
def test_format_is_asserted_unless_the_document_names_the_dialect(
    dialect: str | None, asserted: bool
) -> None:
    document: dict[str, Json] = {"format": "date"}
    if dialect is not None:
        document["$schema"] = dialect
    assert asserts_format(document) is asserted
    if dialect is None or not asserted:
        assert bool(Schema(document).violations("soon")) is asserted


def test_an_unknown_format_is_an_annotation() -> None:
    assert Schema({"format": "colour"}).violations("x") == ()


def test_many_violations_are_cut() -> None:
    schema = Schema({"items": {"enum": ["x" * 500]}})
    found = schema.violations(["y" * 100_000] * 1000)
    assert len(found) == 20
    assert all(len(at.message) <= 300 for at in found)


@pytest.mark.parametrize("key", ["\x1b]0;x\x07", "\u009b31m", "\u202e", "a\nb"])
def test_no_text_from_outside_reaches_a_terminal_as_it_is(key: str) -> None:
    schemas: list[dict[str, Json]] = [
        {"additionalProperties": False},
        {"additionalProperties": {"type": "integer"}},
        {"propertyNames": {"pattern": "^-$"}},
        {"properties": {"q": False}, "patternProperties": {"": {"const": key}}},
    ]
    for schema in schemas:
        found = Schema(schema).violations({key: key + "x", "q": 1})
        assert found
        assert all(f"{at}".isprintable() for at in found)


@pytest.mark.parametrize("depth", [201, 5_000, 100_000])
def test_a_deep_value_is_refused_and_not_a_crash(depth: int) -> None:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    (found,) = Schema(NODE).violations(deep)
    assert found.message == "is nested more than 200 levels deep"
    assert Schema({"type": "object"}).violations(deep)


def test_a_value_as_deep_as_allowed_is_checked() -> None:
    deep: Any = "end"
    for _ in range(200):
        deep = [deep]
    (found,) = Schema(NODE).violations(deep)
    assert found.message == 'must be an array, not the string "end"'


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "array"}, {1}),
        ({"maxLength": 9}, "\ud800"),
        ({"required": []}, {1: 2}),
        ({"type": "null"}, object()),
    ],
)
def test_what_is_no_json_is_a_violation(schema: dict[str, Json], value: object) -> None:
    (found,) = Schema(schema).violations(value)
    assert found.message.startswith("is no JSON: ")


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("http://127.0.0.1:9/x", "Retrieval is disabled"),
        ("file:///etc/passwd", "Retrieval is disabled"),
        ("other.json", "No base URI is available"),
    ],
)
def test_nothing_is_ever_fetched(reference: str, reason: str) -> None:
    with pytest.raises(jsonschema_rs.ValidationError, match=reason):
        Schema({"$ref": reference}).violations(1)


@drawn(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    )
)
def test_any_value_gets_short_printable_words(value: object) -> None:
    schema = Schema(
        {
            "anyOf": [
                {"type": "object", "required": ["a"], "additionalProperties": {"enum": ["b"]}},
                {"type": "array", "items": {"type": "integer", "minimum": 3}, "minItems": 2},
                {"const": {"x": [1]}},
            ]
        }
    )
    for found in schema.violations(value):
        assert len(found.message) <= 300
        assert str(found).isprintable()


@pytest.mark.parametrize(
    ("document", "recursive"),
    [
        ({}, False),
        ({"$defs": {"A": {}}, "items": {"$ref": "#/$defs/A"}}, False),
        ({"$defs": {"A": {"$ref": "#/$defs/B"}, "B": {}}, "$ref": "#/$defs/A"}, False),
        ({"$defs": {"A": {"items": {"$ref": "#/$defs/A"}}}, "$ref": "#/$defs/A"}, True),
        (
            {
                "$defs": {"A": {"items": {"$ref": "#/$defs/B"}}, "B": {"$ref": "#/$defs/A"}},
                "$ref": "#/$defs/B",
            },
            True,
        ),
        ({"items": {"$ref": "#"}}, True),
        ({"properties": {"a": {"$ref": "#/properties/a"}}}, True),
        ({"$defs": {"a/b": {}}, "$ref": "#/$defs/a~1b"}, True),
        ({"items": {"$dynamicRef": "#node"}, "$dynamicAnchor": "node"}, True),
        (
            {
                "$defs": {"A": {}},
                "items": {"$id": "urn:x", "$defs": {"A": {"items": {"$ref": "#/$defs/A"}}}},
            },
            True,
        ),
        ({"properties": {"$ref": {"type": "string"}}}, False),
    ],
)
def test_what_may_lead_back_into_itself_is_known(
    document: dict[str, Json], recursive: bool
) -> None:
    # Deeper than what is looked at again and again, and not as deep as what is no JSON at all.
    deep: object = 1
    for _ in range(230):
        deep = [deep]
    found = Schema(document).violations(deep)
    assert any("levels deep" in one.message for one in found) == recursive
