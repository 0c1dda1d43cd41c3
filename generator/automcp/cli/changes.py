"""Shows a plan: what is to be done with each file, why, and the lines that differ."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ..output.files import Owner
from ..output.lock import LOCK_NAME
from ..output.plan import Action, Change, Plan
from ..project import Project, shown
from ..targets.weight import ListWeight
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
_HANDFUL = 5
"""So many files that something happened to are named."""
_WORTH_A_WORD = 20_000
"""Tokens from which on a list of tools is more than most hosts should be handed."""
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one project.

    Attributes:
        listed: How large its list of tools is; `None` without a server.
    """

    project: Project
    plan: Plan
    listed: ListWeight | None = None

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
        # The hashes of the lock are no news to anybody.
        lines = [] if change.path == LOCK_NAME else change.diff().split("\n")[:-1]
        for line in lines:
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
    """Say on stderr what was written; what befell many generated files is one line."""
    above = _above(outcome.project)
    alike: dict[tuple[Action, str, str], list[str]] = {}
    for change in _told(outcome.plan):
        if change.path == LOCK_NAME:
            continue
        if change.owner is not Owner.GENERATED:
            _say(change.action, above + change.path, change.reason)
            continue
        # That a file is new is the same news for each.
        reason = "" if change.action is Action.CREATE else change.reason
        kind = (change.action, change.path.split("/")[0], reason)
        alike.setdefault(kind, []).append(change.path)
    for (action, folder, reason), paths in alike.items():
        if action is not Action.CREATE and len(paths) <= _HANDFUL:
            for path in paths:
                _say(action, above + path, reason)
            continue
        count = f"{len(paths)} generated file{'s' if len(paths) > 1 else ''}"
        _say(action, above + folder, f"{count}: {reason}" if reason else count)
    if not outcome.plan.writes:
        click.echo(up_to_date(outcome.project), err=True, nl=False)
    elif outcome.listed is not None:
        click.echo(weight_line(outcome.listed), err=True)


def _above(project: Project) -> str:
    """What stands before the paths of a project that lies below the folder where the user is."""
    root = shown(project.root)
    return "" if root == "." or Path(root).is_absolute() else f"{root}/"


def weight_line(listed: ListWeight) -> str:
    """What is said of a list of tools, and of those in it that take most."""
    count = len(listed.tools)
    line = (
        f"tools/list: {count:,} tool{'' if count == 1 else 's'}, {size_text(listed.bytes)}, "
        f"about {listed.tokens:,} tokens"
    )
    if listed.tokens < _WORTH_A_WORD:
        return line
    largest = ", ".join(f"{visible(one.name)} {one.tokens:,}" for one in listed.largest(3))
    return f'{line}; the largest: {largest}; see `tools = "search"` and `[budget]` in REFERENCE.md'


def size_text(count: int) -> str:
    """So many bytes, as people say it."""
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1_000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


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
        "tools_list": _weight_record(outcome.listed) if outcome.listed else None,
        "changes": [_change_record(change, diff) for change in _told(outcome.plan)],
    }


def _weight_record(listed: ListWeight) -> dict[str, object]:
    tools = [{"name": one.name, "bytes": one.bytes, "tokens": one.tokens} for one in listed.tools]
    return {"bytes": listed.bytes, "tokens": listed.tokens, "tools": tools}


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
