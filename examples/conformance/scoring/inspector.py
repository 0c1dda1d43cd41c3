"""Reads a stdio server with MCP's Inspector, an independent TypeScript client, and scores what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from .conformance import ERAS, Era
from .processes import run
from .suites import Suites

_LIMIT = 300  # seconds; the server may set itself up when it is first started
_ERA_NAMES: Mapping[Era, str] = {"2025-11-25": "legacy", "2026-07-28": "modern"}
_LISTS = {
    "tools/list": "tools",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
    "prompts/list": "prompts",
}


class _Finding(BaseModel):
    severity: str
    path: str = ""
    issue: str


class _ToolFindings(BaseModel):
    toolName: str
    findings: list[_Finding]


class _Printed(BaseModel):
    """What the Inspector prints; `--strict` adds the findings, if there are any."""

    result: dict[str, Any] = Field(default_factory=dict[str, Any])
    schemaFindings: list[_ToolFindings] = Field(default_factory=list[_ToolFindings])


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the Inspector read from a server at one revision: how many of each, and what was wrong."""

    listed: dict[str, int]
    findings: tuple[str, ...]

    def __str__(self) -> str:
        listed = ", ".join(f"{method} {count}" for method, count in self.listed.items())
        return f"{listed or 'nothing listed'}; {len(self.findings)} findings"


@dataclass(frozen=True, slots=True)
class _Answer:
    printed: _Printed
    problems: tuple[str, ...]


def inspect_score(
    suites: Suites, command: Sequence[str], folder: Path
) -> Iterator[tuple[Era, Inspection]]:
    """Connect to a stdio server at each revision and read all its lists, its tools strictly.

    What the Inspector printed goes to `folder`.
    The server is one that has tools, resources, templates and prompts: an empty list is a finding.
    """
    for era in ERAS:
        yield era, _inspect(suites, command, era, folder / era)


def _inspect(suites: Suites, command: Sequence[str], era: Era, folder: Path) -> Inspection:
    hello = _ask(suites, command, era, "initialize", folder)
    if hello.problems:
        return Inspection({}, tuple(f"it could not connect: {why}" for why in hello.problems))
    findings: list[str] = []
    spoken = hello.printed.result.get("protocolVersion")
    if spoken != era:
        findings.append(f"{spoken} was spoken, not {era}")
    listed: dict[str, int] = {}
    for method, key in _LISTS.items():
        answer = _ask(suites, command, era, method, folder)
        listed[method] = len(answer.printed.result.get(key, ()))
        empty = () if listed[method] or answer.problems else ("the list is empty",)
        findings += [f"{method}: {what}" for what in (*answer.problems, *empty)]
    return Inspection(listed, tuple(findings))


def _ask(suites: Suites, command: Sequence[str], era: Era, method: str, folder: Path) -> _Answer:
    strict = ["--strict"] if method == "tools/list" else []
    options = ["--protocol-era", _ERA_NAMES[era], "--connect-timeout", str(_LIMIT * 1000)]
    options += ["--format", "json", "--quiet", "--method", method, *strict]
    name = method.replace("/", "-")
    printed, errors = folder / f"{name}.json", folder / f"{name}.err"
    code = run(
        [*suites.inspector, "--cli", *options, "--", *command],
        printed,
        limit=_LIMIT,
        errors=errors,
        # What the Inspector's user has stored is neither read nor written.
        environ={"MCP_CATALOG_PATH": str(folder / "catalog.json"), "MCP_STORAGE_DIR": str(folder)},
    )
    if code is None:
        return _Answer(_Printed(), (f"no answer in {_LIMIT} seconds",))
    try:
        answer = _Printed.model_validate_json(printed.read_bytes())
    except ValidationError:
        answer, code = _Printed(), code or -1
    problems = tuple(_schema_problems(answer))
    if code and not problems:
        problems = (errors.read_text("utf-8", "replace").strip()[-2000:] or f"exit code {code}",)
    return _Answer(answer, problems)


def _schema_problems(printed: _Printed) -> Iterator[str]:
    """What `--strict` says of schemas, its warnings too: a client somewhere trips over each."""
    for tool in printed.schemaFindings:
        for found in tool.findings:
            yield f"{found.severity}: tool {tool.toolName} at {found.path or 'its root'}: {found.issue}"
