"""`automcp migrate --sdk-only`: a project is taken to today's SDK where it lies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..text.render import visible
from .terminal import show_json

if TYPE_CHECKING:
    from ..migrate.attempt import Trial
    from ..migrate.in_place import InPlace


def run_in_place(source: Path, trial: Trial, *, write: bool, diff: bool, as_json: bool) -> int:
    """Do it, or say what it would change; gives the exit code.

    Args:
        write: Whether anything is written.
        diff: Whether what changes in files that are there is printed on stdout.
    """
    from ..migrate import report
    from ..migrate.deliver import CannotDeliver
    from ..migrate.entry import NoServer
    from ..migrate.in_place import apply, in_place
    from ..migrate.tree import CannotRead

    try:
        change = in_place(source, trial)
        new = change.new
        if write and (change.files or change.dropped):
            apply(change)
    except (CannotDeliver, CannotRead, NoServer) as error:
        click.echo(visible(f"error: {error}"), err=True)
        return 1
    proof = change.proof
    if as_json:
        changed = sorted(set(change.files) - set(new))
        places = {"new": new, "changed": changed, "removed": change.dropped}
        show_json(
            {
                **report.as_json(change.carried, proof),
                **{name: list(map(report.plain, paths)) for name, paths in places.items()},
                "diff": "".join(change.diff()) if diff else None,
                "written": str(source) if write else None,
            }
        )
    else:
        if diff:
            click.echo("".join(map(_shown, change.diff())), nl=False)
        for line in (*report.summary(change.carried, proof), *_told(change, new, source, write)):
            click.echo("\n".join(map(visible, line.splitlines())), err=True)
    return 1 if proof.found or (proof.before is not None and proof.after is None) else 0


def _shown(line: str) -> str:
    """A line of a diff: as it is for a program, without terminal escapes for people."""
    if not sys.stdout.isatty():
        return line
    return "".join(one if one in "\t\n" else visible(one) for one in line)


def _told(change: InPlace, new: tuple[str, ...], source: Path, write: bool) -> Iterator[str]:
    if not change.files and not change.dropped:
        yield f"{source} is as it would be written: nothing changes"
        return
    tops = sorted(_tops(new, change))
    changed = len(change.files) - len(new)
    verb = "changed" if write else "would change"
    yield f"{verb}: {changed} files; new: {', '.join(tops) or 'nothing'}; removed: {', '.join(change.dropped) or 'nothing'}"
    if write:
        yield "review it with `git diff`; undo it with `git restore .`" + (
            f" and `git clean -fd -- {' '.join(tops)}`" if tops else ""
        )
        if change.dropped:
            yield "lock files pin the old SDK: make them anew"


def _tops(new: tuple[str, ...], change: InPlace) -> set[str]:
    """The new files, and the adapters' folders in place of what is in them."""
    folders = tuple(change.carried.adapters.values())
    return {next((one for one in folders if path.startswith(f"{one}/")), path) for path in new}
