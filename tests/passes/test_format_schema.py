"""The published JSON Schema of the spec format, held against what the compiler says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from automcp.spec.decode import decode
from automcp.spec.load import load_all
from automcp.spec.schema import format_schema, format_schema_text
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

PUBLISHED = Path(__file__).parents[2] / "specs" / "automcp.schema.json"
HEAD: dict[str, Any] = {"automcp": 1, "name": "shop", "version": "1.0"}


def with_operation(**keys: Any) -> dict[str, Any]:
    return {**HEAD, "groups": {"orders": {"operations": {"create": keys}}}}


FINE: list[Any] = [
    HEAD,
    {**HEAD, "title": "", "lifespan": True, "naming": "{group}.{operation}"},
    {**HEAD, "settings": {"a": {"type": "string", "env": "A_B", "secret": True, "optional": False}}},
    {**HEAD, "errors": {"E": {"description": "d", "data": True, "retryable": False}}},
    {**HEAD, "schemas": {"A": {}, "B": False, "a-b_1": {"type": "string", "x-own": 1}}},
    with_operation(),
    with_operation(params={"anything": True, "nothing": False}),
    with_operation(params={"any name at all": {"type": "string", "optional": True}}),
    with_operation(input=True, returns={"type": "array"}, structured=False, uses=["log"]),
    with_operation(effect="reads", idempotent=True, open_world=False, errors=["E1"], timeout="1.5s"),
    with_operation(timeout=0.1, examples=[{"name": "a", "params": {}, "returns": None}]),
    with_operation(examples=[{"name": "a", "error": "E"}, {"name": "b", "error": {"name": "E", "data": 1}}]),
]  # fmt: skip
WRONG: list[Any] = [
    None,
    [],
    {},
    {**HEAD, "automcp": 2},
    {**HEAD, "automcp": True},
    {**HEAD, "automcp": "1"},
    {**HEAD, "name": "my shop"},
    {**HEAD, "name": ""},
    {**HEAD, "name": "shop\n"},
    {**HEAD, "version": 1.0},
    {**HEAD, "version": " "},
    {**HEAD, "title": None},
    {**HEAD, "unknown": 1},
    {**HEAD, "include": "a.yaml"},
    {**HEAD, "lifespan": "yes"},
    {**HEAD, "settings": {"a": True}},
    {**HEAD, "settings": {"a": {"env": "A-B"}}},
    {**HEAD, "settings": {"a": {"secret": 1}}},
    {**HEAD, "errors": {"e": {"description": "d"}}},
    {**HEAD, "errors": {"E": {}}},
    {**HEAD, "errors": {"E": {"description": ""}}},
    {**HEAD, "schemas": {"A": "string"}},
    {**HEAD, "schemas": {"1": {}}},
    {**HEAD, "groups": {"g": []}},
    {**HEAD, "groups": {"g.h": {"operations": {}}}},
    with_operation(params=["a"]),
    with_operation(params={"a": "string"}),
    with_operation(params={"a": {"optional": "no"}}),
    with_operation(params={}, input={}),
    with_operation(returns=[]),
    with_operation(effect="read"),
    with_operation(errors=["e"]),
    with_operation(errors="E"),
    with_operation(timeout="10 sec"),
    with_operation(timeout=0),
    with_operation(timeout=-1),
    with_operation(timeout=True),
    with_operation(uses=["telepathy"]),
    with_operation(examples=[{}]),
    with_operation(examples=[{"name": "a", "params": []}]),
    with_operation(examples=[{"name": "a", "returns": 1, "error": "E"}]),
    with_operation(examples=[{"name": "a", "error": {"data": 1}}]),
    with_operation(examples=[{"name": "a", "error": "e"}]),
    with_operation(run={}),
]


def is_decoded(spec: Any) -> bool:
    source = Source("spec.json", json.dumps(spec))
    report = Report()
    loaded = load_all(source, lambda path: Source(path, "{}"), report)
    try:
        decode(loaded, report)
    except Rejected:
        return False
    return True


@pytest.mark.parametrize(("spec", "fine"), [*((spec, True) for spec in FINE), *((spec, False) for spec in WRONG)])  # fmt: skip
def test_schema_and_compiler_agree(spec: Any, fine: bool) -> None:
    validator = jsonschema_rs.Draft202012Validator(format_schema())
    assert (validator.is_valid(spec), is_decoded(spec)) == (fine, fine)


def test_published_file_is_in_step() -> None:
    published = PUBLISHED.read_text(encoding="utf-8")
    assert published == format_schema_text(), (
        "run: python -m automcp.spec.schema > specs/automcp.schema.json"
    )


def test_it_is_a_json_schema_that_explains_every_key() -> None:
    schema = format_schema()
    jsonschema_rs.meta.validate(schema)
    for record in (schema, *schema["$defs"].values()):
        assert record["description"].endswith(".")
        for key, member in record["properties"].items():
            assert member["description"].endswith("."), key


def test_examples_and_defaults_fit_their_keys() -> None:
    schema = format_schema()
    for record in (schema, *schema["$defs"].values()):
        for member in record["properties"].values():
            validator = jsonschema_rs.Draft202012Validator({**member, "$defs": schema["$defs"]})
            shown = member.get("examples", [])
            assert all(validator.is_valid(example) for example in shown)
            assert "default" not in member or validator.is_valid(member["default"])
