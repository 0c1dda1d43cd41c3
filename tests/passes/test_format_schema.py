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


def with_run(**keys: Any) -> dict[str, Any]:
    return with_operation(run=keys)


def with_backend(**keys: Any) -> dict[str, Any]:
    return {**HEAD, "backends": {"it": keys}}


def with_scheme(**keys: Any) -> dict[str, Any]:
    return with_backend(http={"url": "https://a.example", "auth": {"a": keys}})


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
    with_operation(annotations={}),
    with_operation(annotations={"title": "T", "readOnlyHint": True, "vendor/x": [1]}),
    with_run(python={"call": "a:b", "as": "mcp1"}),
    with_operation(timeout=0.1, examples=[{"name": "a", "params": {}, "returns": None}]),
    with_operation(examples=[{"name": "a", "error": "E"}, {"name": "b", "error": {"name": "E", "data": 1}}]),
    with_backend(http={"url": "x", "use": ["a", ["b", "c"], []], "headers": {"X-A": ""}, "timeout": "1s", "retries": 0}),
    with_backend(description="d", sql={"url": "x"}),
    with_backend(files={"root": "x"}),
    with_backend(mcp={"command": ["a", ""], "env": {"A_B": ""}, "cwd": "x"}),
    with_backend(mcp={"url": "x", "headers": {"A": "b"}}),
    with_scheme(bearer="x"),
    with_scheme(basic={"user": "", "password": ""}),
    with_scheme(key="x", query="any name"),
    with_scheme(oauth={"token_url": "x", "client_id": "x", "client_secret": "x", "scopes": []}),
    with_run(http={"get": "/"}),
    with_run(http={"get": "/", "path": {"a": {"style": "matrix", "explode": True}}, "query": {"a": "b", "c": 1, "d": True, "e": {"value": None}}}),
    with_run(http={"post": "/", "body": None, "as": "form", "parts": {"a": {"file": True}}, "headers": {"X": 1}, "cookies": {"c": 1.5}}),
    with_run(http={"get": "/", "auth": [], "errors": {"404": "A", "4XX": "B", "default": "C"}, "answer": "none", "at": "/a~1b/~0/0"}),
    with_run(http={"get": "/", "pages": {"cursor": "a", "at": "", "items": "", "limit": 1}}),
    with_run(http={"get": "/", "pages": {"link": False}}),
    with_run(command={"argv": ["a", {"value": "b"}, {"flag": "-c", "value": "d", "dashes": True}]}),
    with_run(command={"argv": ["a"], "succeeds": [0, 3], "errors": {"1": "A"}, "limit": "1.5kB", "inherit": [], "env": {}}),
    with_run(sql={"statement": "x", "bind": {"a": [1, {"b": None}]}, "rows": "many", "limit": 1, "errors": {"missing": "A"}}),
    with_run(file={"read": "x", "binary": True, "limit": 5}),
    with_run(file={"write": "x", "content": ""}),
    with_run(file={"list": "x", "pattern": "*"}),
    with_run(python="a:b"),
    with_run(python={"call": "a.b.c:D.e", "context": False}),
    with_run(proxy="any tool"),
    with_run(proxy={}),
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
    with_run(),
    with_run(http={}),
    with_run(http={"get": "/"}, python="a:b"),
    with_run(http={"get": "/", "put": "/"}),
    with_run(http={"get": ""}),
    with_run(http={"fetch": "/"}),
    with_run(http={"get": "/", "as": "json"}),
    with_run(http={"get": "/", "parts": {}}),
    with_run(http={"get": "/", "path": {"a": "simple"}}),
    with_run(http={"get": "/", "path": {"a": {"style": "form"}}}),
    with_run(http={"get": "/", "query": {"a": [1]}}),
    with_run(http={"get": "/", "query": {"a": None}}),
    with_run(http={"get": "/", "query": {"a": {}}}),
    with_run(http={"get": "/", "headers": {"X A": "b"}}),
    with_run(http={"get": "/", "headers": {"X": {"value": 1, "reserved": True}}}),
    with_run(http={"get": "/", "headers": {"X\r\nY": "b"}}),
    with_run(http={"get": "/", "cookies": {"a;b": "c"}}),
    with_run(http={"get": "/", "auth": "a"}),
    with_run(http={"get": "/", "auth": [[""]]}),
    with_run(http={"get": "/", "errors": {"4": "A"}}),
    with_run(http={"get": "/", "errors": {"600": "A"}}),
    with_run(http={"get": "/", "errors": {"4xx": "A"}}),
    with_run(http={"get": "/", "errors": {"404": "a"}}),
    with_run(http={"get": "/", "at": "a"}),
    with_run(http={"get": "/", "at": "/~2"}),
    with_run(http={"get": "/", "pages": {}}),
    with_run(http={"get": "/", "pages": {"cursor": "a"}}),
    with_run(http={"get": "/", "pages": {"page": "a", "at": "/b"}}),
    with_run(http={"get": "/", "pages": {"page": "a", "offset": "b"}}),
    with_run(http={"get": "/", "pages": {"page": "a", "limit": 0}}),
    with_run(command={}),
    with_run(command={"argv": []}),
    with_run(command={"argv": "ls"}),
    with_run(command={"argv": ["ls", 1]}),
    with_run(command={"argv": ["ls", {"flag": "-a"}]}),
    with_run(command={"argv": ["ls"], "env": {"A-B": "c"}}),
    with_run(command={"argv": ["ls"], "env": {"A": 1}}),
    with_run(command={"argv": ["ls"], "inherit": ["A=B"]}),
    with_run(command={"argv": ["ls"], "errors": {"-1": "A"}}),
    with_run(command={"argv": ["ls"], "errors": {"01": "A"}}),
    with_run(command={"argv": ["ls"], "succeeds": [-1]}),
    with_run(command={"argv": ["ls"], "limit": "10 MB"}),
    with_run(command={"argv": ["ls"], "limit": "10mb"}),
    with_run(command={"argv": ["ls"], "limit": 1.5}),
    with_run(command={"argv": ["ls"], "limit": 0}),
    with_run(command={"argv": ["ls"], "limit": True}),
    with_run(sql={}),
    with_run(sql={"statement": " "}),
    with_run(sql={"statement": "x", "bind": {"a-b": 1}}),
    with_run(sql={"statement": "x", "rows": "all"}),
    with_run(sql={"statement": "x", "errors": {"404": "A"}}),
    with_run(file={}),
    with_run(file={"read": "x", "content": "y"}),
    with_run(file={"write": "x"}),
    with_run(file={"delete": "x", "pattern": "*"}),
    with_run(file={"read": "x", "stat": "x"}),
    with_run(python="a.b"),
    with_run(python="a:b.c.d"),
    with_run(python="a-b:c"),
    with_run(python="a:b\n"),
    with_run(python={"context": True}),
    with_run(proxy=""),
    with_backend(),
    with_backend(http={}),
    with_backend(http={"url": "x"}, sql={"url": "x"}),
    with_backend(http={"url": "x", "retries": 11}),
    with_backend(http={"url": "x", "retries": 1.5}),
    with_backend(http={"url": "x", "use": "a"}),
    with_backend(mcp={}),
    with_backend(mcp={"command": []}),
    with_backend(mcp={"command": ["a"], "url": "x"}),
    with_backend(mcp={"command": ["a"], "headers": {}}),
    with_backend(mcp={"url": "x", "env": {}}),
    {**HEAD, "backends": {"a.b": {"sql": {"url": "x"}}}},
    with_scheme(),
    with_scheme(key="x"),
    with_scheme(key="x", header="A", cookie="B"),
    with_scheme(key="x", header="A B"),
    with_scheme(bearer="x", header="A"),
    with_scheme(bearer="x", basic={"user": "", "password": ""}),
    with_scheme(basic={"user": "x"}),
    with_scheme(oauth={"token_url": "x", "client_id": "x"}),
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
