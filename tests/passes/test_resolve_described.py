"""Formats of what an HTTP API answers say what it is, and refuse nothing."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.pipeline import analyse
from automcp.spec.keywords import DIALECT
from automcp.text.report import Report
from automcp.text.source import Source

SPEC = """
automcp: 1
name: shop
version: "1"
backends: {{api: {{http: {{url: "https://example.com"}}}}}}
schemas:
  Pet: {{type: object, properties: {{born: {{type: string, format: date}}}}}}
  Word: {{type: object}}
groups:
  pets:
    operations:
      find:
        params: {{since: {{type: string, format: date}}}}
        returns: {returns}
        effect: reads
        {run}
"""
HTTP = 'run: {http: {get: /pets, query: {since: "{since}"}}}'


def published(returns: str, run: str) -> tuple[Any, Any]:
    """The input schema and the output schema of the operation."""
    service = analyse(Source("a.yaml", SPEC.format(returns=returns, run=run)), _none, Report())
    ((operation,),) = (group.operations for group in service.groups)
    assert operation.output is not None
    return operation.input.published, operation.output.published


def _none(path: str) -> Source:
    raise FileNotFoundError(path)


@pytest.mark.parametrize(
    "returns",
    [
        '{$ref: "#/schemas/Pet"}',
        "{type: object, properties: {at: {type: string, format: date-time}}}",
        "{type: string, format: date}",
    ],
)
def test_formats_of_answers_over_http_are_annotations(returns: str) -> None:
    taken, given = published(returns, HTTP)
    assert "$schema" not in taken
    assert given["$schema"] == DIALECT
    assert "$schema" not in published(returns, "")[1]


def test_nothing_is_said_where_there_is_no_format() -> None:
    assert "$schema" not in published('{$ref: "#/schemas/Word"}', HTTP)[1]


@pytest.mark.parametrize(
    ("names", "annotates"), [("{404: Gone}", True), ("{4XX: Other}", False), ("{}", False)]
)
def test_formats_in_what_an_api_refuses_are_annotations(names: str, annotates: bool) -> None:
    data = "{type: object, properties: {at: {type: string, format: date-time}}}"
    errors = f"errors: {{Gone: {{description: d, data: {data}}}, Other: {{description: d}}}}\n"
    run = f"{HTTP[:-2]}, errors: {names}}}}}"
    text = errors + SPEC.format(returns="{type: string}", run=run)
    service = analyse(Source("a.yaml", text), _none, Report())
    (gone,) = (one.published for one in service.errors if one.key == "Gone")
    assert gone is not None
    assert ("$schema" in gone) is annotates
