"""Schemas that documents share are written down once, and every document comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from automcp.ir.model import Service
from automcp.pipeline import analyse
from automcp.runtime.shared.definitions import Definitions, expanded
from automcp.targets.surface import shared, surface
from automcp.text.report import Report
from automcp.text.source import Source

NAMED: dict[str, Any] = {
    "A": {"type": "string"},
    "B": {"items": {"$ref": "#/$defs/A"}},
    "Tree": {"properties": {"kids": {"items": {"$ref": "#/$defs/Tree"}}}},
    "a/b c": {"const": {"$ref": "#/$defs/A"}},
}
SPEC = """
automcp: 1
name: shop
version: "1"
schemas:
  Zip: {type: string}
  Address: {type: object, properties: {zip: {$ref: "#/schemas/Zip"}, next: {$ref: "#/schemas/Address"}}}
  Unused: {type: integer}
groups:
  g:
    operations:
      a: {params: {to: {$ref: "#/schemas/Address"}}, returns: {$ref: "#/schemas/Address"}}
      b: {params: {zip: {$ref: "#/schemas/Zip"}}, returns: {$ref: "#/schemas/Zip"}, structured: false}
      c: {input: {type: object, properties: {x: {$ref: "#/$defs/Own"}, z: {$ref: "#/schemas/Zip"}}, $defs: {Own: {type: integer}}}}
    resources:
      r: {uri: "x://r", returns: {$ref: "#/schemas/Address"}}
"""


def service() -> Service:
    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    return analyse(Source("spec.yaml", SPEC), read, Report())


def said(document: object) -> str:
    """With the order of all members."""
    return json.dumps(document)


@pytest.mark.parametrize(
    ("document", "defined"),
    [
        ({"type": "object"}, []),
        ({"$ref": "#/$defs/A"}, ["A"]),
        ({"properties": {"b": {"$ref": "#/$defs/B/items"}}}, ["A", "B"]),
        ({"$ref": "#/$defs/Tree"}, ["Tree"]),
        ({"$ref": "#/$defs/a~1b%20c"}, ["a/b c"]),
        ({"default": {"$ref": "#/$defs/A"}}, []),
        ({"properties": {"default": {"$ref": "#/$defs/A"}}}, ["A"]),
        ({"$ref": "#/$defs/Own", "$defs": {"Own": {"$ref": "#/$defs/B"}}}, ["Own", "A", "B"]),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}}, ["A"]),
        ({"$ref": "#/$defs/Nowhere"}, []),
    ],
)
def test_a_document_gets_what_it_refers_to(document: dict[str, Any], defined: list[str]) -> None:
    whole: Any = Definitions(NAMED).whole(document)
    assert list(whole.get("$defs", {})) == defined
    if "A" in defined and "$defs" not in document:
        assert whole["$defs"]["A"] is NAMED["A"]


@pytest.mark.parametrize(
    "document",
    [
        {"type": "object"},
        {"$ref": "#/$defs/A", "$defs": {"A": NAMED["A"]}},
        {"$ref": "#/$defs/B", "$defs": {"A": NAMED["A"], "B": NAMED["B"]}},
        # In another order, in another place, with something else, or with too much: it stays as it is.
        {"$ref": "#/$defs/B", "$defs": {"B": NAMED["B"], "A": NAMED["A"]}},
        {"$defs": {"A": NAMED["A"]}, "$ref": "#/$defs/A"},
        {"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}},
        {"type": "object", "$defs": {"A": NAMED["A"]}},
        {"$ref": "#/$defs/Own", "$defs": {"Own": {"$ref": "#/$defs/A"}, "A": NAMED["A"]}},
    ],
)
def test_every_document_comes_back(document: dict[str, Any]) -> None:
    definitions = Definitions(NAMED)
    less = definitions.without(document)
    assert said(definitions.whole(less)) == said(document)


def test_a_surface_says_each_schema_once() -> None:
    document = surface(service())
    smaller = shared(service(), document)
    assert list(smaller["definitions"]) == ["Zip", "Address"]  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert said(smaller).count('"next"') == 1
    back = dict(expanded(json.loads(said(smaller))))
    back.pop("definitions")
    assert said(back) == said(document)


def test_nothing_is_moved_where_nothing_is_shared() -> None:
    document: dict[str, Any] = {"tools": [{"name": "a", "inputSchema": {"type": "object"}}]}
    assert shared(service(), document) is document
    assert expanded(document) is document


def test_it_is_done_in_linear_time() -> None:
    count = 3_000
    named: dict[str, Any] = {
        f"S{n}": {"items": {"$ref": f"#/$defs/S{n + 1}"}} for n in range(count)
    }
    named[f"S{count}"] = {"type": "null"}
    whole: Any = Definitions(named).whole({"$ref": "#/$defs/S0"})
    assert list(whole["$defs"]) == list(named)
