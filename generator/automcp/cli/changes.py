"""Shows a plan: what is to be done with each file, why, and the lines that differ."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click

from ..output.files import Owner
from ..output.lock import LOCK_NAME
from ..output.plan import Action, Change, Plan
from ..project import Project, shown
from ..text.render import visible
from ..text.report import Diagnostic, Report
from .streams import wants_colour
from .terminal import findings_json

_COLOURS = {
    Action.CREATE: "green",
    Action.UPDATE: "yellow",
    Action.DELETE: "red",
    Action.CONFLICT: "red",
}
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one project."""

    project: Project
    plan: Plan

    @property
    def drift(self) -> bool:
        """Whether the disk is not as `generate` would leave it."""
        return any(change.writes or change.problem for change in self.plan.changes)


def show_diff(plan: Plan) -> None:
    """Print, for each file that would change, the reason and a unified diff, on stdout."""
    colour = wants_colour(sys.stdout)
    for change in _told(plan):
        click.secho(
            f"{change.action} {visible(change.path)}: {visible(change.reason)}", bold=colour or None
        )
        for line in change.diff().split("\n")[:-1]:
            click.secho(visible(line), fg=_DIFF_COLOURS.get(line[:1]) if colour else None)


def show_conflicts(plan: Plan) -> Iterator[Diagnostic]:
    """The problems of a plan, after a diff on stderr of each file that was edited by hand."""
    for change in plan.changes:
        if change.problem is not None:
            if change.problem.code in ("AM501", "AM502"):
                for line in change.diff().split("\n")[:-1]:
                    click.echo(visible(line), err=True)
            yield change.problem


def show_written(outcome: Outcome) -> None:
    """Say on stderr what was written; many new generated files become one line."""
    new: Counter[str] = Counter()
    for change in _told(outcome.plan):
        if change.path == LOCK_NAME:
            continue
        if change.action is Action.CREATE and change.owner is Owner.GENERATED:
            new[change.path.split("/")[0]] += 1
        else:
            _say(change.action, change.path, change.reason)
    for folder, count in new.items():
        _say(Action.CREATE, folder, f"{count} generated file{'s' if count > 1 else ''}")
    if not outcome.plan.writes:
        click.echo(up_to_date(outcome.project), err=True, nl=False)


def up_to_date(project: Project) -> str:
    """What is said of a project in which there was nothing to do."""
    return f"{shown(project.spec)}: everything is up to date\n"


def json_answer(outcomes: Sequence[Outcome], report: Report, *, diff: bool) -> dict[str, object]:
    """What `--json` prints.

    Args:
        diff: Whether nothing was to be written, and each change comes with its lines.
    """
    return {
        "ok": not report.failed,
        "written": not diff and not report.failed,
        "changed": any(outcome.drift for outcome in outcomes),
        "projects": [_project_record(outcome, diff) for outcome in outcomes],
        "findings": findings_json(report),
    }


def _project_record(outcome: Outcome, diff: bool) -> dict[str, object]:
    return {
        "spec": shown(outcome.project.spec),
        "root": shown(outcome.project.root),
        "changes": [_change_record(change, diff) for change in _told(outcome.plan)],
    }


def _change_record(change: Change, diff: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "path": change.path,
        "action": change.action.value,
        "owner": change.owner.value,
        "reason": change.reason,
        "code": change.problem.code if change.problem else None,
    }
    return {**record, "diff": change.diff()} if diff else record


def _told(plan: Plan) -> Iterable[Change]:
    return (change for change in plan.changes if change.writes or change.problem)


def _say(action: Action, path: str, reason: str) -> None:
    verb = (
        click.style(f"{action:<8}", fg=_COLOURS[action])
        if wants_colour(sys.stderr)
        else f"{action:<8}"
    )
    click.echo(f"{verb} {visible(path)} ({visible(reason)})", err=True)
