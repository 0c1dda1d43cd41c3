"""The IR as JSON: whole, and always the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from automcp.ir import backends, bindings, model, offers, values
from automcp.ir.dump import dump

from .specs import service

SPEC = """
    settings: {key: {type: string, secret: true}}
    errors: {Gone: {description: Gone.}}
    groups:
      orders:
        operations:
          list:
            params: {days: {type: [integer, "null"], default: null}, near: {type: string, optional: true}}
            returns: {type: string}
            errors: [Gone]
            timeout: 2m
            uses: [progress]
            examples: [{name: any, params: {days: 1}, returns: a}]
"""


def test_dump() -> None:
    found: Any = dump(service(SPEC))
    assert list(found)[:4] == ["ir", "name", "key", "version"]
    (group,) = found["groups"]
    (operation,) = group["operations"]
    assert (operation["name"], operation["tool"], operation["effect"]) == (
        "list",
        "orders_list",
        "writes",
    )
    assert (operation["timeout"], operation["uses"]) == (120, ["progress"])
    days, near = operation["input"]["parameters"]
    assert days["default"] is None
    assert "default" not in near
    assert operation["output"]["wrapped"] is True
    assert operation["errors"] == found["errors"]
    assert operation["examples"] == [
        {
            "name": "any",
            "description": None,
            "arguments": {"days": 1},
            "returns": "a",
            "error": None,
        }
    ]
    assert "default" not in found["settings"][0]


BOUND = """
    backends: {api: {http: {url: "https://a.example"}}}
    groups:
      g:
        operations:
          o:
            params: {id: {type: string}}
            run: {http: {post: /, body: BODY}}
"""


def body(text: str) -> Any:
    """The dumped body of a request."""
    found: Any = dump(service(BOUND.replace("BODY", text)))
    (backend,) = found["backends"]
    assert backend["kind"]["is"] == "HttpBackend"
    run = found["groups"][0]["operations"][0]["run"]
    assert (run["is"], run["method"], run["path"]) == ("HttpCall", "POST", ["/"])
    return run["body"]["value"]


def test_bindings() -> None:
    given = {"is": "Given", "key": "id"}
    assert body('"{id}"') == {"is": "Template", "pieces": [given]}
    assert body('"{*}"')["pieces"] == [{"is": "Given", "key": None}]
    assert body("x") == "x"
    assert body('[1, {a: "{id}"}]') == {
        "is": "Composed",
        "value": [1, {"is": "Composed", "value": {"a": {"is": "Template", "pieces": [given]}}}],
    }


def test_what_a_spec_says_is_never_taken_for_a_placeholder() -> None:
    assert body("{is: Template, pieces: [{is: Given, key: id}]}") != body('"{id}"')
    assert body("{is: Composed, value: {a: 1}}") != body("{a: 1}")
    assert body('"{{id}}"') == "{id}"


def test_one_service_always_gives_the_same_text() -> None:
    assert json.dumps(dump(service(SPEC))) == json.dumps(dump(service(SPEC)))


@pytest.mark.parametrize("module", [model, offers, values, backends, bindings])
def test_two_services_never_give_the_same_text(module: ModuleType) -> None:
    """No field takes records of two classes that the text would not tell apart: compiled files are found by it."""
    records = [one for one in vars(module).values() if isinstance(one, type) and is_dataclass(one)]
    assert records
    for record in records:
        for name, hint in get_type_hints(record, localns={"Json": values.Json}).items():
            taken = {one for one in _parts(hint) if is_dataclass(one)} - {values.Absent}
            taken = {one for one in taken if one.__module__ not in _SAY_WHAT_THEY_ARE}
            assert len(taken) < 2, f"{record.__name__}.{name}"


_SAY_WHAT_THEY_ARE = (backends.__name__, bindings.__name__)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)
