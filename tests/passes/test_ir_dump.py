"""The IR as JSON: whole, and always the same."""

from __future__ import annotations

import json
from typing import Any

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


def test_one_service_always_gives_the_same_text() -> None:
    assert json.dumps(dump(service(SPEC))) == json.dumps(dump(service(SPEC)))
