"""Reads a stdio server with MCP's Inspector, an independent TypeScript client, and scores what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

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
_PRINTED = TypeAdapter(dict[str, dict[str, Any]])
_NOT_PORTABLE = 6  # the exit code of `--strict`


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
    code: int
    result: Mapping[str, Any]
    error: str


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
    if hello.code:
        return Inspection({}, (f"it could not connect: {hello.error}",))
    findings: list[str] = []
    spoken = hello.result.get("protocolVersion")
    if spoken != era:
        findings.append(f"{spoken} was spoken, not {era}")
    listed: dict[str, int] = {}
    for method, key in _LISTS.items():
        answer = _ask(suites, command, era, method, folder)
        listed[method] = len(answer.result.get(key, ()))
        if answer.code == _NOT_PORTABLE:
            findings.append(f"{method}: schemas that not every client can read: {answer.error}")
        elif answer.code:
            findings.append(f"{method}: {answer.error}")
        elif not listed[method]:
            findings.append(f"{method}: the list is empty")
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
        return _Answer(-1, {}, f"no answer in {_LIMIT} seconds")
    error = errors.read_text("utf-8", "replace").strip() or f"exit code {code}"
    return _Answer(code, _result(printed.read_bytes()), error[-2000:])


def _result(text: bytes) -> Mapping[str, Any]:
    """The `result` of the one JSON object that the Inspector prints; empty if it printed none."""
    try:
        return _PRINTED.validate_json(text).get("result", {})
    except ValidationError:
        return {}
