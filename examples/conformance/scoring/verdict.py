"""What the suite's result files say, scenario by scenario, without what its own summary hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

Outcome = Literal["passed", "failed", "skipped"]

_MOST_REASON = 300  # characters; some messages quote a whole answer

# Every scenario also has these, about the wire: they alone say nothing about the scenario.
_SYNTHETIC = frozenset({"wire-schema-valid", "wire-schema-harness-error"})


class Check(BaseModel):
    """One line of a `checks.json`."""

    id: str
    status: Literal["SUCCESS", "FAILURE", "SKIPPED", "WARNING", "INFO"]
    description: str = ""
    errorMessage: str | None = None


class Unscored(BaseModel):
    """A scenario that a revision runs but does not count, such as those of extensions."""

    scenario: str
    leg: Literal["server", "client"]
    reason: str


class Requirements(BaseModel):
    """A revision's own list of scenarios (`requirements/REVISION.yaml` of the suite)."""

    server: list[str]
    client: list[str]
    not_scored: list[Unscored] = Field(default_factory=list[Unscored])

    def scored(self, leg: Literal["server", "client"]) -> list[str]:
        """The scenarios that count."""
        return self.server if leg == "server" else self.client

    def unscored(self, leg: Literal["server", "client"]) -> list[str]:
        """The scenarios that are run and do not count."""
        return [entry.scenario for entry in self.not_scored if entry.leg == leg]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checks ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    warned: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.warned + other.warned,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one scenario ended."""

    outcome: Outcome
    counts: Counts = Counts()
    failures: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """`passed` scenarios of `of`."""

    passed: int
    of: int

    def __str__(self) -> str:
        return f"{self.passed}/{self.of}"


@dataclass(frozen=True, slots=True)
class Score:
    """How a server or a client did at one revision of the protocol.

    `failed`, `skipped` and `unscored_failed` map a scenario to reasons. `skipped` names every
    scored scenario with a skipped check, whether or not the rest of it passed.
    """

    scored: Tally
    checks: Counts
    failed: dict[str, tuple[str, ...]]
    skipped: dict[str, tuple[str, ...]]
    unscored_failed: dict[str, tuple[str, ...]]
    tasks: Tally
    passed_alone: tuple[str, ...] = ()

    def __str__(self) -> str:
        tasks = f", {self.tasks} of tasks" if self.tasks.of else ""
        return f"{self.scored} scored scenarios, {self.checks.skipped} skipped checks{tasks}"


def judge(checks: Sequence[Check]) -> Verdict:
    """The verdict on one scenario.

    It passed only if a check of its own did (a warning is a pass: it is about a SHOULD): where
    all were skipped it is skipped, though the suite prints a tick, and where nothing was checked
    it failed.
    """
    own = [check.status for check in checks if check.id not in _SYNTHETIC]
    failures = _reasons(checks, "FAILURE")
    skips = _reasons(checks, "SKIPPED")
    outcome: Outcome
    if failures:
        outcome = "failed"
    elif "SUCCESS" in own or "WARNING" in own:
        outcome = "passed"
    elif skips:
        outcome = "skipped"
    else:
        outcome, failures = "failed", ("nothing was checked",)
    statuses = [check.status for check in checks]
    counts = Counts(
        passed=statuses.count("SUCCESS"),
        failed=statuses.count("FAILURE"),
        skipped=statuses.count("SKIPPED"),
        warned=statuses.count("WARNING"),
    )
    return Verdict(outcome, counts, failures, skips)


def is_task(scenario: str) -> bool:
    """Whether a scenario is about the tasks extension, which no revision counts but AutoMCP has."""
    return scenario.startswith("tasks-")


def add_up(
    verdicts: Mapping[str, Verdict],
    scored: Sequence[str],
    unscored: Sequence[str],
    passed_alone: Sequence[str] = (),
) -> Score:
    """The score of one run. A scenario without a verdict was not run, and so failed."""
    missing = Verdict("failed", failures=("no result was written",))
    rows = {name: verdicts.get(name, missing) for name in (*scored, *unscored)}
    tasks = [name for name in unscored if is_task(name)]
    return Score(
        scored=_tally(rows, scored),
        checks=sum((rows[name].counts for name in scored), Counts()),
        failed={name: rows[name].failures for name in scored if rows[name].outcome == "failed"},
        skipped={name: rows[name].skips for name in scored if rows[name].skips},
        unscored_failed={
            name: rows[name].failures for name in unscored if rows[name].outcome == "failed"
        },
        tasks=_tally(rows, tasks),
        passed_alone=tuple(passed_alone),
    )


def reason(text: str) -> str:
    """A text as one line of bounded length."""
    return " ".join(text.split())[:_MOST_REASON]


def _tally(rows: Mapping[str, Verdict], names: Sequence[str]) -> Tally:
    return Tally(sum(rows[name].outcome == "passed" for name in names), len(names))


def _reasons(checks: Sequence[Check], status: str) -> tuple[str, ...]:
    return tuple(
        reason(f"{check.id}: {check.errorMessage or check.description}")
        for check in checks
        if check.status == status
    )
