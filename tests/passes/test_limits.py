"""What a target cannot do is an error at its place in the spec, until the project accepts it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from automcp.pipeline import generate
from automcp.project import parse_project
from automcp.text.report import Diagnostic, Rejected, Report
from automcp.text.source import Source

from .specs import HEAD

SPEC = """
cache: {tools: {ttl: 1m}}
groups:
  jobs:
    operations:
      start:
        description: Starts a job.
        task: optional
        params: {region: {type: string, description: Where., header: Region}}
    resources:
      log: {uri: "jobs://log", description: What was done., cache: {ttl: 1m}}
"""


def findings(options: str, spec: str = SPEC) -> list[Diagnostic]:
    """What is said about the spec in a project with these options."""
    project = parse_project(
        Source("automcp.toml", f'spec = "spec.yaml"\n{options}'), Path("/project")
    )
    report = Report()
    source = Source("spec.yaml", HEAD + dedent(spec))

    def read(name: str) -> Source:
        raise FileNotFoundError(name)

    try:
        generate(project, source, read, report)
    except Rejected:
        return [one for one in report if one.level == "error"]
    return []


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ("", []),
        ('sdk = "mcp1"', ["tools", "optional", "Region", "cache"]),
        ('[targets.server]\nsdk = "mcp1"\nwithout = ["cache", "header"]', ["optional"]),
        ('[targets.server]\nsdk = "mcp1"\nwithout = ["cache", "header", "tasks"]', []),
        ('[targets.server]\nsdk = "mcp2"\nwithout = ["cache", "header", "tasks"]', []),
        ("[targets.client]", []),
    ],
)
def test_what_an_sdk_lacks(options: str, places: list[str]) -> None:
    found = findings(options)
    assert [one.code for one in found] == ["AM401"] * len(places)
    assert [one.at.span.text if one.at else "" for one in found] == places


PROXY = """
backends:
  other: {mcp: {command: [other]}}
  more: {mcp: {url: "https://example.com/mcp"}}
groups:
  jobs:
    description: Jobs.
    operations: {start: {description: Starts a job., run: {proxy: {backend: other}}}}
    resources: {log: {uri: "jobs://log", description: What was done., run: {proxy: {backend: more}}}}
"""


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ('sdk = "mcp1"', ["other", "more"]),
        ('sdk = "mcp2"', []),
        ('sdk = "fastmcp4"', []),
        ("[targets.client]", []),
    ],
)
def test_what_nobody_can_go_without(options: str, places: list[str]) -> None:
    found = findings(options, PROXY)
    assert [one.at.span.text if one.at else "" for one in found] == places
    assert [one.help for one in found] == ["choose another `sdk`"] * len(places)


@pytest.mark.parametrize(
    ("sdk", "said"),
    [("mcp1", ["mcp1", "fastmcp2"]), ("mcp2", ["fastmcp2"]), ("fastmcp4", [])],
)
def test_tools_of_an_sdk_are_called_by_code_for_its_successor(sdk: str, said: list[str]) -> None:
    runs = ", ".join(
        f"{one}: {{description: Does it., run: {{python: {{call: 'a:b', as: {one}}}}}}}"
        for one in ("mcp1", "fastmcp2")
    )
    spec = f"groups: {{a: {{description: A., operations: {{{runs}}}}}}}"
    found = findings(f'sdk = "{sdk}"', spec)
    assert [one.message.partition("`as: ")[2].partition("`")[0] for one in found] == said


def test_nobody_can_go_without_what_is_excluded() -> None:
    (found,) = findings('[targets.server]\nsdk = "mcp1"\nwithout = ["proxy"]', PROXY)
    assert found.code == "AM520"


def test_the_help_says_the_way_out() -> None:
    found = findings('[targets.server]\nsdk = "mcp1"\nwithout = ["cache", "header"]')[0]
    assert (
        found.message
        == "the target `server` cannot do `tasks`: mcp 1 speaks the protocol up to 2025-11-25 only"
    )
    assert found.help is not None
    assert '`without = ["tasks"]` in [targets.server]' in found.help


def test_a_wrong_sdk_is_said_once_and_where() -> None:
    (found,) = findings('sdk = "mcp3"')
    assert found.code == "AM520"
    assert found.at is not None
    assert found.at.span.source.name == "automcp.toml"
    assert found.at.span.text == "sdk"
