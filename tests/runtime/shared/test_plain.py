"""What is told to fit without the validator does fit."""

from __future__ import annotations

import sys
from typing import Any

import jsonschema_rs
import pytest
from automcp.runtime.shared.model import Json
from automcp.runtime.shared.plain import plain_check
from automcp.runtime.shared.schema import Schema
from hypothesis import given as drawn
from hypothesis import strategies as st

ORDER: dict[str, Json] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "description": "What.", "maxLength": 5},
        "count": {"type": "integer", "minimum": 1, "default": 3, "x-mcp-header": "Count"},
        "ratio": {"type": "number"},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "tags": {"type": "array", "items": {"$ref": "#/$defs/Tag"}, "minItems": 1},
        "none": {"type": "null"},
        "sure": {"type": "boolean"},
    },
    "required": ["title"],
    "additionalProperties": False,
}
DEFINITIONS: dict[str, Json] = {"Tag": {"type": "string"}, "Order": ORDER}
ANSWER: dict[str, Json] = {"type": "object", "$ref": "#/$defs/Order", "$defs": DEFINITIONS}

FIT: list[Json] = [
    {"title": "tea"},
    {"title": "thé", "count": 10**400, "ratio": 1, "tags": ["x"], "none": None, "sure": False},
    {"title": "", "ratio": 0.5, "kind": "b"},
]
FOR_THE_VALIDATOR: list[object] = [
    [],
    {},
    {"title": "tea", "more": 1},
    {"title": "coffee"},
    {"title": "tea", "count": 0},
    {"title": "tea", "count": 1.0},
    {"title": "tea", "count": True},
    {"title": "tea", "kind": "c"},
    {"title": "tea", "tags": []},
    {"title": "tea", "tags": ["x"] * 1000},
    {"title": "tea", "sure": 1},
    {"title": "tea", "ratio": float("nan")},
    {"title": "half: \ud800"},
    {"title": "tea", "tags": ["\ud800"]},
    {"title": {"set"}},
]
SAY_MORE: list[dict[str, Json]] = [
    {},
    {"type": ["string", "null"]},
    {"enum": ["a"]},
    {"type": "string", "format": "date"},
    {"type": "string", "pattern": "a"},
    {"type": "string", "minimum": 1},
    {"type": "array"},
    {"type": "object", "properties": {"a": True}},
    {"type": "object", "additionalProperties": {"type": "string"}},
    {"type": "integer", "multipleOf": 2},
    {"type": "integer", "minimum": True},
    {"$ref": "#/$defs/Missing"},
    {"$ref": "https://example.com/a"},
    {"$ref": "#/$defs/A", "type": "string", "$defs": {"A": {"type": "string"}}},
    {"$ref": "#/$defs/A", "$defs": {"A": {"type": "array", "items": {"$ref": "#/$defs/A"}}}},
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"},
]


@pytest.mark.parametrize("value", FIT, ids=str)
def test_what_plainly_fits(value: Json) -> None:
    check = plain_check({**ORDER, "$defs": DEFINITIONS})
    answer = plain_check(ANSWER)
    assert check is not None and check(value)
    assert answer is not None and answer(value)


@pytest.mark.parametrize("value", FOR_THE_VALIDATOR, ids=repr)
def test_what_the_validator_has_to_judge(value: object) -> None:
    check = plain_check({**ORDER, "$defs": DEFINITIONS})
    assert check is not None and not check(value)


@pytest.mark.parametrize("schema", SAY_MORE, ids=str)
def test_schemas_that_only_the_validator_understands(schema: dict[str, Json]) -> None:
    assert plain_check(schema) is None


def test_what_fits_needs_no_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    schema = Schema(ANSWER)
    assert schema.violations(FIT[0]) == ()
    with pytest.raises(ImportError):
        schema.violations({})


def test_a_schema_whose_parts_mention_parts_over_and_over_is_read_once() -> None:
    parts: dict[str, Json] = {
        f"P{number}": {
            "type": "object",
            "properties": {key: {"$ref": f"#/$defs/P{number + 1}"} for key in ("a", "b", "c")},
        }
        for number in range(40)
    }
    schema: dict[str, Json] = {"$ref": "#/$defs/P0", "$defs": {**parts, "P40": {"type": "null"}}}
    assert plain_check(schema) is not None


_NUMBERS = st.integers(-3, 3) | st.sampled_from([0.5, -0.0, 2.0, 1e19, 2**53 + 1, 10**30])
_VALUES: Any = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.sampled_from(["", "a", "ab", "é", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)


def _limits(*keys: str) -> st.SearchStrategy[dict[str, Json]]:
    return st.dictionaries(st.sampled_from(keys), st.integers(0, 3), max_size=2)


def _typed(kind: str, more: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return more.map(lambda said: {"type": kind, **said})


_LEAVES = st.one_of(
    _typed("string", _limits("minLength", "maxLength")),
    _typed("string", st.just({"enum": ["a", "ab"]})),
    _typed("integer", _limits("minimum", "maximum")),
    _typed("number", _limits("minimum", "maximum")),
    *(st.just({"type": kind}) for kind in ("boolean", "null")),
)
_SCHEMAS: Any = st.recursive(
    _LEAVES,
    lambda inner: (
        _typed(
            "array",
            st.tuples(inner, _limits("minItems", "maxItems")).map(
                lambda pair: {"items": pair[0], **pair[1]}
            ),
        )
        | _typed(
            "object",
            st.fixed_dictionaries(
                {"properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3)},
                optional={
                    "required": st.lists(st.sampled_from("abc"), unique=True, max_size=2),
                    "additionalProperties": st.booleans(),
                },
            ),
        )
    ),
    max_leaves=5,
)


@drawn(_SCHEMAS, _VALUES)
def test_what_is_told_to_fit_does_fit(schema: dict[str, Any], value: Any) -> None:
    check = plain_check(schema)
    assert check is not None
    if check(value):
        assert jsonschema_rs.Draft202012Validator(schema).is_valid(value)
