"""Lint says what is probably not meant, and only that. The texts are in tests/diagnostics."""

from __future__ import annotations

import pytest
from automcp.rules import RULES
from automcp.text.codes import CODES
from automcp.text.report import Level

from .specs import findings

WHOLE = """
    groups:
      g:
        description: All of it.
        operations:
          {name}:
            description: {text}
            effect: {effect}
            params: {{a: {{{schema}, description: One.}}}}
"""


def said(
    name: str = "o", text: str = "It does.", effect: str = "reads", schema: str = "type: string"
) -> list[str]:
    found = findings(WHOLE.format(name=name, text=text, effect=effect, schema=schema))
    assert all(one.level is not Level.ERROR for one in found)
    return [one.code for one in found]


FOUND_BY_RESOLVE = ("AM311", "AM312", "AM313", "AM314")
"""Lint about bindings, which needs to know what their templates mention."""


def test_codes_are_explained_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    lint = sorted(code for code in CODES if code.startswith("AM3"))
    assert codes == sorted(set(codes))
    assert sorted([*codes, *FOUND_BY_RESOLVE]) == lint


@pytest.mark.parametrize(
    ("name", "effect", "codes"),
    [
        ("delete", "reads", ["AM305"]),
        ("createOrder", "reads", ["AM305"]),
        ("delete", "destroys", []),
        ("created_orders", "reads", []),
        ("list_deleted", "reads", []),
    ],
)
def test_verbs(name: str, effect: str, codes: list[str]) -> None:
    assert said(name=name, effect=effect) == codes


@pytest.mark.parametrize(("length", "codes"), [(1024, []), (1025, ["AM304"])])
def test_long_descriptions(length: int, codes: list[str]) -> None:
    assert said(text="x" * length) == codes


@pytest.mark.parametrize(
    "schema",
    [
        "not: {type: string}",
        "if: {type: string}",
        "dependentRequired: {a: [b]}",
        "dependentSchemas: {a: true}",
        "contains: {type: string}",
        "patternProperties: {a: true}",
        "propertyNames: {maxLength: 1}",
        "unevaluatedProperties: false",
        "prefixItems: [{type: string}]",
        "oneOf: [{type: string}, {type: string, minLength: 1}]",
        "oneOf: [{type: integer}, {type: number}]",
        "oneOf: [{properties: {k: {const: a}}}, {properties: {k: {const: a}}}]",
        "properties: {a: {items: {not: {}}}}",
    ],
)
def test_what_types_do_not_show(schema: str) -> None:
    assert said(schema=schema) == ["AM307"]


@pytest.mark.parametrize(
    "schema",
    [
        "type: array, uniqueItems: true",
        "minLength: 1, maxLength: 2, pattern: a, format: date",
        "prefixItems: [{type: string}], items: false",
        "oneOf: [{type: integer}, {type: string}]",
        "oneOf: [{properties: {k: {const: a}}}, {properties: {k: {const: b}}}]",
        "anyOf: [{type: string}, {type: string, minLength: 1}]",
        "properties: {not: {type: string}, if: {type: string}}",
        "const: {not: 1, minlength: 2}",
        "x-minLength: 1, note: 2, summary: 3",
        "required: [a]",
    ],
)
def test_what_is_left_alone(schema: str) -> None:
    assert said(schema=schema) == []


def test_a_misspelt_keyword_comes_with_its_fix() -> None:
    (found,) = findings(
        WHOLE.format(name="o", text="It does.", effect="reads", schema="minlength: 1")
    )
    assert found.fix is not None
    assert (found.code, found.fix.span.text, found.fix.text) == ("AM310", "minlength", "minLength")
