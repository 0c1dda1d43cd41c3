"""Schemas that read alike are bound once, and nothing that differs is taken for another."""

from __future__ import annotations

import json

import pytest

from .specs import HEAD, errors, findings, service


def _spec(operations: str) -> str:
    return f"groups:\n  all:\n    operations:\n{operations}"


def _schemas(text: str) -> list[object]:
    found = service(_spec(text))
    return [one.input.parameters[0].schema for one in found.operations]


def test_what_reads_alike_is_one_object() -> None:
    first, second = _schemas(
        """\
      one: {params: {limit: {type: integer, minimum: 1}}}
      two: {params: {limit: {type: integer, minimum: 1}}}
"""
    )
    assert first is second
    assert first == {"type": "integer", "minimum": 1}


def test_the_same_text_in_another_column_is_something_else() -> None:
    # Under `one`, `description` belongs to what additional properties are; under `two`, it stands beside them.
    text = """\
      one:
        params:
          deep:
            additionalProperties:
              description: here
      two:
        params:
          deep:
              additionalProperties:
              description: here
"""
    assert errors(_spec(text)) == [("AM210", "")]


def test_aliases_are_read_where_they_stand() -> None:
    first, second = _schemas(
        """\
      one: {params: {a: {items: &it {type: string}, type: array}}}
      two: {params: {a: {items: *it, type: array}}}
"""
    )
    assert first == second == {"type": "array", "items": {"type": "string"}}


def test_each_mistake_is_found_where_it_stands() -> None:
    text = _spec(
        """\
      one: {params: {limit: {type: integr}}}
      two: {params: {limit: {type: integr}}}
"""
    )
    places = [text.index("integr"), text.rindex("integr")]
    start = len(HEAD)
    said = [one for one in findings(text) if one.code == "AM210"]
    assert [one.at.span.start - start for one in said if one.at] == places


@pytest.mark.parametrize("optional", ["true", "false"])
def test_what_is_no_keyword_makes_no_difference_to_others(optional: str) -> None:
    found = service(
        _spec(
            f"""\
      one: {{params: {{a: {{type: string, optional: {optional}}}}}}}
      two: {{input: {{type: object, properties: {{a: {{type: string, optional: {optional}}}}}}}}}
"""
        )
    )
    one, two = found.operations
    assert one.input.parameters[0].schema == {"type": "string"}
    assert json.loads(json.dumps(two.input.published))["properties"]["a"] == {
        "type": "string",
        "optional": json.loads(optional),
    }
