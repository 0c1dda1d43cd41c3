"""Printing YAML: tidy, and the same value again for every reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from automcp.spec.dump import dump
from hypothesis import given
from hypothesis import strategies as st

from .nodes import value_of

TRICKY = [
    "yes", "No", "on", "y", "N", "null", "~", "true", "", " ", "a ", " a", "1", "012", "0o14", "0x1F",
    "1_000", "12:30", "1e3", ".5", ".inf", "-", "- a", "? a", "a: b", "a:", ":a", "a #b", "#a", "a#b",
    "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "a'b", "{a}", "[a]", "a, b", "---",
    "...", "=", "<<", "2026-01-01", "https://example.com/?a=b&c", "#/schemas/Order", "$ref", "é", "😀",
    "a\nb", "a\nb\n", "a\n\n", "\na", " a\nb", "a\n b", "a \nb", "a\tb", "a\rb\n", "\x00", "\x85",
    "\u2028", "\ufeff", "\x7f", "\\", "a\\nb", "x" * 3000, "x\n" * 50, "{settings.base_url}/v1",
]  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(alphabet=" \n:-#'\"{}[],ab1")
    | st.sampled_from(TRICKY)
)
KEYS = st.sampled_from(TRICKY) | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=30
)


def exactly(value: object) -> str:
    """A value as text that tells `1` from `1.0` and keeps the order of keys."""
    return json.dumps(value)


@given(VALUES)
def test_reading_back_gives_the_same_value(value: Any) -> None:
    assert exactly(value_of(dump(value))) == exactly(value)


@given(VALUES)
def test_readers_of_yaml_1_1_agree(value: Any) -> None:
    assert exactly(yaml.safe_load(dump(value))) == exactly(value)


AROUND: dict[str, Callable[[str], Any]] = {
    "root": lambda text: text,
    "value": lambda text: {"a": text},
    "key": lambda text: {text: 1},
    "nested": lambda text: {text: {"b": [text, {text: text}]}},
    "items": lambda text: [[text], [{text: [text]}]],
}


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_tricky_texts(text: str, around: Callable[[str], Any]) -> None:
    value = around(text)
    assert value_of(dump(value)) == value == yaml.safe_load(dump(value))


def test_layout() -> None:
    order: dict[str, Any] = {
        "title": "Place an order, or 2 of it; R&D's [own] {thing}",
        "description": "Places it.\n\nMore of it.\n",
        "params": {"sku": {"type": "string"}, "count": {"type": "integer", "default": 1}},
        "returns": {"type": "array", "items": {"$ref": "#/schemas/Order"}},
        "errors": ["OutOfStock", "NotFound"],
        "examples": [{"name": "one", "params": {"sku": "a"}, "returns": []}, {"name": "x" * 90}],
    }
    spec: dict[str, Any] = {
        "automcp": 1,
        "name": "shop",
        "version": "1.0",
        "schemas": {"Units": {"enum": ["metric", "imperial"]}, "Any": {}},
        "groups": {"orders": {"operations": {"create": order}}},
    }
    assert (
        dump(spec)
        == """\
automcp: 1
name: shop
version: "1.0"

schemas:
  Units: {enum: [metric, imperial]}
  Any: {}

groups:
  orders:
    operations:
      create:
        title: Place an order, or 2 of it; R&D's [own] {thing}
        description: |
          Places it.

          More of it.
        params:
          sku: {type: string}
          count: {type: integer, default: 1}
        returns: {type: array, items: {$ref: "#/schemas/Order"}}
        errors: [OutOfStock, NotFound]
        examples:
          - {name: one, params: {sku: a}, returns: []}
          - name: XXX
""".replace("XXX", "x" * 90)
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {"a": ["\udfff"]}])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        dump(value)
