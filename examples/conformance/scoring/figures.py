"""The figures that have to be reached, and what a report misses of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .conformance import Era
from .inspector import Inspection
from .verdict import Score, Tally, is_task

T = TypeVar("T")

_MOST_NAMED = 5  # failing scenarios in a message; the report has them all
_MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What one part of a run gave, by revision; `problem` is why it gave less than it should."""

    results: dict[Era, T]
    problem: str | None
    seconds: float


@dataclass(slots=True)
class Report:
    """What a run gave: only the parts that were asked for are there."""

    server: dict[str, Part[Score]] = field(default_factory=dict[str, Part[Score]])
    client: Part[Score] | None = None
    inspector: Part[Inspection] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What has to be reached at one revision."""

    scored: int
    """Scenarios that count, every one of which has to pass."""
    may_skip: bool = True
    """Whether checks of those may be skipped."""
    tasks: int = 0
    """Scenarios of the tasks extension."""

    def missed(self, score: Score) -> Iterator[str]:
        """What of it a score misses, in words."""
        if score.scored != Tally(self.scored, self.scored):
            wanted = Tally(self.scored, self.scored)
            yield f"{score.scored} scored scenarios, not {wanted}{_named(_not_passed(score))}"
        elif score.checks.skipped and not self.may_skip:
            yield f"{score.checks.skipped} skipped checks, not 0{_named(score.skipped)}"
        if score.tasks.passed < self.tasks:
            failed = {name: why for name, why in score.unscored_failed.items() if is_task(name)}
            yield f"{score.tasks} tasks scenarios, not {self.tasks}{_named(failed)}"


_STATEFUL = Figure(30, may_skip=False)
# The tenth of the tasks scenarios the suite skips by itself, whatever the server does.
_STATELESS = Figure(37, may_skip=False, tasks=9)

SERVER: Mapping[str, Mapping[Era, Figure]] = {
    "mcp2": {"2025-11-25": _STATEFUL, "2026-07-28": _STATELESS},
    "mcp1": {"2025-11-25": Figure(30)},
    "fastmcp4": {"2025-11-25": _STATEFUL, "2026-07-28": _STATELESS},
}
"""Per dialect; mcp 1 speaks no later revision."""

CLIENT: Mapping[Era, Figure] = {"2025-11-25": Figure(18), "2026-07-28": Figure(32)}


def missed(report: Report) -> list[str]:
    """Every figure that a report misses, in words; empty if it misses none."""
    found: list[str] = []
    for dialect, part in report.server.items():
        found += _missed_scores(f"server {dialect}", part, SERVER[dialect])
    if report.client:
        found += _missed_scores("client", report.client, CLIENT)
    if report.inspector:
        found += _problem("inspector", report.inspector)
        for era, inspection in report.inspector.results.items():
            found += [f"inspector at {era}: {finding}" for finding in inspection.findings]
    return found


def _missed_scores(name: str, part: Part[Score], figures: Mapping[Era, Figure]) -> Iterator[str]:
    yield from _problem(name, part)
    for era, figure in figures.items():
        score = part.results.get(era)
        if score:
            yield from (f"{name} at {era}: {what}" for what in figure.missed(score))
        elif not part.problem:
            yield f"{name} at {era}: was not scored"


def _problem(name: str, part: Part[T]) -> list[str]:
    return [f"{name}: {part.problem}"] if part.problem else []


def _not_passed(score: Score) -> dict[str, tuple[str, ...]]:
    only_skipped = {name: why for name, why in score.skipped.items() if name not in score.failed}
    return score.failed | only_skipped


def _named(scenarios: Mapping[str, tuple[str, ...]]) -> str:
    """A line for each of the first scenarios, with its first reasons."""
    lines: list[str] = []
    for name, reasons in list(scenarios.items())[:_MOST_NAMED]:
        more = len(reasons) - _MOST_REASONS
        rest = f" (and {more} more)" if more > 0 else ""
        lines.append(f"\n    {name}: {'; '.join(reasons[:_MOST_REASONS])}{rest}")
    more = len(scenarios) - len(lines)
    return "".join([*lines, f"\n    and {more} more" if more else ""])
