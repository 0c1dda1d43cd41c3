"""Reads the text of `automcp.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from ..output.files import check_path
from ..text.report import Diagnostic, Label, Report
from ..text.source import Source, Span
from ..text.suggest import did_you_mean
from .model import Budget, Job, Project, default_jobs, reject
from .specs import only_spec

_SHARED = ("sdk", "tools")
"""Options of the server that one word at the top of the file sets, for its tests too."""
_KEYS = ("spec", *_SHARED, "budget", "targets")
_BUDGET = ("list", "tool")
_TAKE_SHARED = ("server", "tests")


def parse_project(source: Source, root: Path) -> Project:
    """Read the text of a project file; the paths in it are relative to `root`.

    Raises:
        Rejected: `AM520` for what is not TOML, an unknown key or a wrong type; `AM521` for an `out`
            that leaves the project.
    """
    try:
        document: dict[str, object] = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reject(_toml_error(source, error))
    return _Parser(source, root).project(document)


class _Parser:
    """Reads one project file and collects everything that is wrong with it."""

    def __init__(self, source: Source, root: Path) -> None:
        self._source = source
        self._root = root
        self._report = Report()

    def project(self, document: dict[str, object]) -> Project:
        for key in document:
            if key not in _KEYS:
                self._wrong(f"unknown key `{key}`", "", key, did_you_mean(key, _KEYS))
        spec = document.get("spec")
        if spec is not None and not isinstance(spec, str):
            self._wrong("`spec` has to be a string", "", "spec", "the path of the spec file")
        targets = self._table(document.get("targets"), "", "targets")
        jobs = tuple(self._job(name, value) for name, value in targets.items())
        budget = self._budget(document.get("budget"))
        self._report.settle()
        path = self._root / spec if isinstance(spec, str) else only_spec(self._root)
        jobs = self._of_one_mind(document, jobs or default_jobs())
        return Project(self._root, path, jobs, budget=budget)

    def _budget(self, value: object) -> Budget:
        """How large the list of tools may be."""
        said: dict[str, int] = {}
        for key, tokens in self._table(value, "", "budget").items():
            if key not in _BUDGET:
                self._wrong(f"unknown key `{key}`", "budget", key, did_you_mean(key, _BUDGET))
            elif not isinstance(tokens, int) or isinstance(tokens, bool) or tokens < 1:
                message = f"`{key}` has to be a number of tokens, 1 or more"
                self._wrong(message, "budget", key, "leave it out where there is no limit")
            else:
                said[key] = tokens
        places = {key: _key_span(self._source, "budget", key) for key in said}
        return Budget(said.get("list"), said.get("tool"), places)

    def _of_one_mind(self, document: dict[str, object], jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        """The jobs, each with what the project says unless it says so itself; tests follow the server that they test."""
        for key in _SHARED:
            said = [
                (job.options[key], job.places[key])
                for job in jobs
                if job.target == "server" and key in job.options
            ]
            if key in document and not said:
                said = [(document[key], _key_span(self._source, "", key))]
            for value, place in said:
                jobs = tuple(_with(job, key, value, place) for job in jobs)
        return jobs

    def _job(self, name: str, value: object) -> Job:
        table = f"targets.{name}"
        options = dict(self._table(value, "targets", name))
        out = options.pop("out", name)
        if not isinstance(out, str):
            self._wrong("`out` has to be a string", table, "out", "a folder inside the project")
            out = name
        elif not _stays_inside(out):
            self._wrong(
                f"`{out}` is no folder inside the project",
                table,
                "out",
                "a relative path with `/`, without `..`",
                code="AM521",
            )
        places = {key: _key_span(self._source, table, key) for key in options}
        place = _key_span(self._source, "targets", name)
        return Job(name, out.rstrip("/") or ".", options, place, places)

    def _table(self, value: object, table: str, key: str) -> Mapping[str, object]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(f"`{key}` has to be a table", table, key, f"[{key}]")
            return {}
        return cast("dict[str, object]", value)

    def _wrong(
        self, message: str, table: str, key: str, help_: str | None, *, code: str = "AM520"
    ) -> None:
        at = Label(_key_span(self._source, table, key))
        self._report.add(Diagnostic(code, message, at, help=help_))


def _with(job: Job, key: str, value: object, place: Span) -> Job:
    """The job with that option, unless it has its own or takes none."""
    if job.target not in _TAKE_SHARED or key in job.options:
        return job
    options = {key: value, **job.options}
    return replace(job, options=options, places={**job.places, key: place})


def _stays_inside(out: str) -> bool:
    try:
        check_path(out.rstrip("/"))
    except ValueError:
        return out == "."
    return True


def _key_span(source: Source, table: str, key: str) -> Span:
    """Where `key` of `table` stands. `tomllib` gives no places, so this searches the text, line by line."""
    header = re.compile(r"^\s*\[+\s*([^]\n]*?)\s*]", re.MULTILINE)
    name = rf"""["']?{re.escape(key)}["']?"""
    sought = re.compile(rf"^\s*({name})\s*[=.]", re.MULTILINE)
    headers = [(0, ""), *((match.end(), match[1]) for match in header.finditer(source.text))]
    headers = [(at, title.replace('"', "").replace("'", "")) for at, title in headers]
    full = f"{table}.{key}" if table else key
    for index, (start, title) in enumerate(headers):
        end = headers[index + 1][0] if index + 1 < len(headers) else len(source.text)
        if title == full or title.startswith(f"{full}."):
            at = source.text.rfind(key, 0, start)
            return Span(source, at, at + len(key))
        match = sought.search(source.text, start, end) if title == table else None
        if match:
            return Span(source, match.start(1), match.end(1))
    return Span(source, 0, 0)


def _toml_error(source: Source, error: Exception) -> Diagnostic:
    match = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
    if not match:
        end = len(source.text)
        return Diagnostic("AM520", f"not TOML: {error}", Label(Span(source, end, end)))
    line, column = int(match[2]), int(match[3])
    starts = [0, *(found.end() for found in re.finditer("\n", source.text))]
    at = min(starts[line - 1] + column - 1, len(source.text))
    return Diagnostic("AM520", f"not TOML: {match[1]}", Label(Span(source, at, at + 1)))
