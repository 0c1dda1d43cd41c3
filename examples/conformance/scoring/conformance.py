"""Runs MCP's conformance suite against a server or a client, and scores what it found."""

from __future__ import annotations

import re
import shlex
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

from .processes import SuiteError, run, say, tail
from .suites import Suites
from .verdict import Check, Requirements, Score, Verdict, add_up, is_task, judge, reason

Era = Literal["2025-11-25", "2026-07-28"]
ERAS: tuple[Era, ...] = ("2025-11-25", "2026-07-28")

_CHECKS = TypeAdapter(list[Check])
_STAMP = re.compile(r"-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d+Z$")  # ends the name of a result folder
_LOG = "suite.log"


@dataclass(frozen=True, slots=True)
class _Leg:
    """How the suite is pointed at one kind of thing. All times are in seconds."""

    name: Literal["server", "client"]
    target: tuple[str, str]
    timeout: int
    """For one scenario among the others."""
    limit: int
    """For a whole run of the suite."""
    alone: int
    """For one scenario that is run again by itself."""
    again: int
    """For all the scenarios that are run again: where everything hangs, waiting longer tells nothing."""


def server_score(suites: Suites, url: str, era: Era, folder: Path) -> Score:
    """Score the server at `url`; the suite's own files go to `folder`.

    Raises:
        SuiteError: the suite gave no result at all.
    """
    leg = _Leg("server", ("--url", url), timeout=30, limit=900, alone=30, again=300)
    return _score(suites, leg, era, folder)


def client_score(suites: Suites, command: Sequence[str], era: Era, folder: Path) -> Score:
    """Score a client command, which the suite starts once per scenario, with a URL as its last argument.

    The suite starts all of them, about forty, at the same moment: hence the long time for each,
    and one run beforehand, in which the command may set up what it needs.

    Raises:
        SuiteError: there is no such command, or the suite gave no result at all.
    """
    if not shutil.which(command[0]):
        raise SuiteError(f"{command[0]} is not there, or may not be run")
    # The suite splits the command at spaces, and a shell puts it together again.
    target = ("--command", shlex.join(command))
    first = _Leg("client", target, timeout=0, limit=0, alone=300, again=0)
    _run_alone(suites, first, "tools_call", era, folder / "first")
    leg = _Leg("client", target, timeout=240, limit=900, alone=60, again=300)
    return _score(suites, leg, era, folder)


def _score(suites: Suites, leg: _Leg, era: Era, folder: Path) -> Score:
    required = Requirements.model_validate(
        yaml.safe_load(suites.requirements(era).read_text("utf-8"))
    )
    scored, unscored = required.scored(leg.name), required.unscored(leg.name)
    together = folder / "together"
    options = ("--requirements", era, "--timeout", str(leg.timeout * 1000))
    _run_suite(suites, leg, options, together, leg.limit)
    verdicts = dict(_verdicts(together, leg))
    if not verdicts:
        raise SuiteError(f"the suite wrote no result; its last words:\n{tail(together / _LOG)}")
    doubtful = [
        name
        for name in (*scored, *filter(is_task, unscored))
        if name not in verdicts or verdicts[name].outcome == "failed"
    ]
    passed_alone = _repeat(suites, leg, era, doubtful, folder / "alone")
    return add_up(verdicts | passed_alone, scored, unscored, tuple(passed_alone))


def _repeat(
    suites: Suites, leg: _Leg, era: Era, doubtful: Sequence[str], folder: Path
) -> dict[str, Verdict]:
    """Run what failed once more, by itself, and return what passes: it only suffered from the load."""
    passed: dict[str, Verdict] = {}
    until = time.monotonic() + leg.again
    for number, name in enumerate(doubtful):
        if time.monotonic() > until:
            say(
                f"{len(doubtful) - number} failed scenarios are not run again: the rest took too long"
            )
            break
        verdict = _run_alone(suites, leg, name, era, folder / name.replace("/", "_"))
        if verdict and verdict.outcome == "passed":
            passed[name] = verdict
    return passed


def _run_alone(suites: Suites, leg: _Leg, name: str, era: Era, folder: Path) -> Verdict | None:
    # Without --force the suite passes over scenarios of extensions, as not part of a revision.
    options = ("--scenario", name, "--spec-version", era, "--force")
    timeout = ("--timeout", str(leg.alone * 1000))
    _run_suite(suites, leg, (*options, *timeout), folder, leg.alone + 30)
    return dict(_verdicts(folder, leg)).get(name)


def _run_suite(
    suites: Suites, leg: _Leg, options: Sequence[str], folder: Path, limit: float
) -> None:
    command = [*suites.conformance, leg.name, *leg.target, *options, "--output-dir", str(folder)]
    run(command, folder / _LOG, limit=limit)


def _verdicts(folder: Path, leg: _Leg) -> Iterator[tuple[str, Verdict]]:
    """What the suite wrote below `folder`; a scenario's folder is its name with the time behind it."""
    for path in sorted(folder.rglob("checks.json")):
        name = _STAMP.sub("", path.parent.relative_to(folder).as_posix())
        if leg.name == "server":
            name = name.removeprefix("server-")
        verdict = judge(_CHECKS.validate_json(path.read_bytes()))
        words = _last_words(path.with_name("stderr.txt"))
        if verdict.outcome == "failed" and words:
            verdict = replace(verdict, failures=(words, *verdict.failures))
        yield name, verdict


def _last_words(log: Path) -> str:
    """The last line that a client wrote on stderr; where it crashed, that says why better than a check."""
    lines = log.read_text("utf-8", "replace").split("\n") if log.exists() else ()
    last = next((line for line in reversed(lines) if line.strip()), "")
    return reason(f"its last words: {last}") if last else ""
