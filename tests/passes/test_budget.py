"""How large the list of tools is, and what a project allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from automcp.pipeline import weigh
from automcp.project import Project, parse_project
from automcp.targets.surface import surface
from automcp.targets.weight import weight
from automcp.text.report import Rejected, Report
from automcp.text.source import Source

from .specs import service

SPEC = """
groups:
  notes:
    operations:
      add: {description: Add a note., params: {text: {type: string}}}
      find: {description: "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", returns: {type: string}}
"""


def project(text: str) -> Project:
    return parse_project(Source("automcp.toml", f'spec = "s.yaml"\n{text}'), Path("/project"))


def said(text: str, spec: str = SPEC) -> list[tuple[str, str]]:
    report = Report()
    weigh(project(text), service(spec), report)
    return [(one.code, one.at.span.text if one.at else "") for one in report]


def test_the_weight_is_that_of_the_answer_on_the_wire() -> None:
    compiled = service(SPEC)
    listed = weight(compiled, {})
    tools: Any = surface(compiled)["tools"]
    compact = [
        len(json.dumps(tool, ensure_ascii=False, separators=(",", ":")).encode()) for tool in tools
    ]
    assert [(one.name, one.bytes) for one in listed.tools] == [
        ("notes_add", compact[0]),
        ("notes_find", compact[1]),
    ]
    # A comma less than tools.
    whole = json.dumps({"tools": tools}, ensure_ascii=False, separators=(",", ":")).encode()
    assert listed.bytes == len(whole) + 1
    assert listed.tokens == -(-listed.bytes // 4)
    assert listed.largest(1)[0].bytes == max(compact)


def test_tools_that_are_searched_for_weigh_nothing() -> None:
    many = "".join(f"      o{n}: {{description: {'x' * 200}}}\n" for n in range(100))
    compiled = service(f"groups:\n  g:\n    operations:\n{many}")
    assert weight(compiled, {}).tokens > 5_000
    assert weight(compiled, {"tools": "search"}).tokens < 500


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("[budget]\nlist = 100000\ntool = 100000\n", []),
        ("[budget]\nlist = 10\n", [("AM540", "list")]),
        ("[budget]\ntool = 110\n", [("AM541", "find")]),
        ('tools = "search"\n[budget]\nlist = 10\n', [("AM540", "list")]),
        ('tools = "search"\n[budget]\ntool = 10\n', []),
        ("[targets.client]\n[budget]\nlist = 10\n", []),
    ],
)
def test_more_than_the_budget(text: str, found: list[tuple[str, str]]) -> None:
    assert [(code, place.partition(":")[0]) for code, place in said(text)] == found


@pytest.mark.parametrize(
    "text",
    ["budget = 3\n", "[budget]\nlist = 0\n", "[budget]\ntool = true\n", '[budget]\nsize = "1"\n'],
)
def test_a_budget_is_two_numbers(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        project(text)
    assert [one.code for one in caught.value.report] == ["AM520"]
