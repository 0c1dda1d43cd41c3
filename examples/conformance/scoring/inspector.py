"""Reads a stdio server with MCP's Inspector, an independent TypeScript client, and scores what it says."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from .conformance import ERAS, Era
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


def inspect_score(suites: Suites, command: Sequence[str]) -> Iterator[tuple[Era, Inspection]]:
    """Connect to a stdio server at each revision and read all its lists, its tools strictly.

    The server is one that has tools, resources, templates and prompts: an empty list is a finding.
    """
    for era in ERAS:
        yield era, _inspect(suites, command, era)


def _inspect(suites: Suites, command: Sequence[str], era: Era) -> Inspection:
    hello = _ask(suites, command, era, "initialize")
    if hello.code:
        return Inspection({}, (f"it could not connect: {hello.error}",))
    findings: list[str] = []
    spoken = hello.result.get("protocolVersion")
    if spoken != era:
        findings.append(f"{spoken} was spoken, not {era}")
    listed: dict[str, int] = {}
    for method, key in _LISTS.items():
        answer = _ask(suites, command, era, method)
        listed[method] = len(answer.result.get(key, ()))
        if answer.code == _NOT_PORTABLE:
            findings.append(f"{method}: schemas that not every client can read: {answer.error}")
        elif answer.code:
            findings.append(f"{method}: {answer.error}")
        elif not listed[method]:
            findings.append(f"{method}: the list is empty")
    return Inspection(listed, tuple(findings))


def _ask(suites: Suites, command: Sequence[str], era: Era, method: str) -> _Answer:
    strict = ["--strict"] if method == "tools/list" else []
    options = ["--protocol-era", _ERA_NAMES[era], "--connect-timeout", str(_LIMIT * 1000)]
    options += ["--format", "json", "--quiet", "--method", method, *strict]
    with tempfile.TemporaryDirectory() as folder:
        # So that what the Inspector's user has stored is neither read nor written.
        own = {"MCP_CATALOG_PATH": f"{folder}/catalog.json", "MCP_STORAGE_DIR": folder}
        try:
            done = subprocess.run(
                [*suites.inspector, "--cli", *options, "--", *command],
                env={**os.environ, **own},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _Answer(-1, {}, f"no answer in {_LIMIT} seconds")
    error = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
    return _Answer(done.returncode, _result(done.stdout), error[-2000:])


def _result(text: str) -> Mapping[str, Any]:
    """The `result` of the one JSON object that the Inspector prints; empty if it printed none."""
    try:
        return _PRINTED.validate_json(text).get("result", {})
    except ValidationError:
        return {}
