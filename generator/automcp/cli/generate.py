"""`automcp generate`."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..text.report import Diagnostic, Report
    from .changes import Outcome
    from .record import Reading


@click.command("generate")
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--stubs", is_flag=True, help="Append methods for new operations to your handlers.")
@click.option("--target", "targets", metavar="NAME", multiple=True, help="Only this target (repeatable).")  # fmt: skip
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Write below DIR instead of the project's folder.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong, and nothing of what was written.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    check: bool,
    diff: bool,
    stubs: bool,
    targets: tuple[str, ...],
    out: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compile specs, and write what changed.

    PATH is a spec, an automcp.toml, or a folder that holds one (default: this folder).
    Generated files are rewritten; files that are yours are written once, then left alone.
    If a generated file was edited by hand, nothing is written.

    \b
    automcp generate
    automcp generate shop.yaml --out build
    automcp generate --target client
    automcp generate --check        in CI
    automcp generate --stubs        after adding operations to the spec

    What was worked out before is kept in a cache folder of yours. AUTOMCP_CACHE=off does
    without it, AUTOMCP_CACHE=DIR puts it elsewhere; deleting it is safe.
    """
    from ..text.report import Rejected, Report
    from .record import Reading

    if out is not None and len(paths) > 1:
        raise click.UsageError("--out takes one PATH")
    report = Report()
    outcomes: list[Outcome] = []
    places = paths or (Path(),)
    reading = Reading(None if stubs else ctx.obj, places)
    try:
        with _uncollected():
            outcomes.extend(_outcome(path, targets, out, stubs, reading, report) for path in places)
        if not (check or diff):
            _write(outcomes, quiet=as_json or quiet)
    except Rejected as rejected:
        for finding in rejected.report:
            report.add(finding)
    drift = any(outcome.drift for outcome in outcomes)
    if as_json:
        _show_json(outcomes, report, diff=check or diff)
    else:
        _show(outcomes, report, diff=check or diff, quiet=quiet)
    if not (report.failed or (drift and (check or diff))):
        _keep(reading, outcomes, report, quiet=quiet)
    ctx.exit(1 if report.failed or (drift and check) else 0)


@contextmanager
def _uncollected() -> Generator[None]:
    """Look for no garbage meanwhile: compiling leaves next to none, and a seventh of the time went into that."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What is left lives until the process ends: it counts as old from now on, which is not looked through soon,
        # and not at the end either, when Python would once more.
        if gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        atexit.register(gc.freeze)
        if enabled:
            gc.enable()


def _outcome(
    path: Path,
    targets: tuple[str, ...],
    out: Path | None,
    stubs: bool,
    reading: Reading,
    report: Report,
) -> Outcome:
    from ..pipeline import generate, plan
    from ..project import find_project
    from .changes import Outcome
    from .mixing import refuse_to_mix

    project = find_project(path).narrowed(targets).moved(out)
    compiled = generate(project, reading.spec(project.spec), reading.file, report)
    planned = plan(project, compiled.wanted, report, stubs=stubs)
    refuse_to_mix(project, planned)
    return Outcome(project, planned, compiled.listed)


def _write(outcomes: list[Outcome], *, quiet: bool) -> None:
    """Write every project, or none if one of them has a conflict."""
    from ..output.write import write
    from .changes import show_written

    if any(outcome.plan.problems for outcome in outcomes):
        return
    for outcome in outcomes:
        write(outcome.project.root, outcome.plan)
        if not quiet:
            show_written(outcome)


def _show(outcomes: list[Outcome], report: Report, *, diff: bool, quiet: bool) -> None:
    from .changes import show_conflicts, show_diff
    from .terminal import show_findings

    for outcome in outcomes:
        if diff:
            show_diff(outcome.plan)
        for problem in outcome.plan.problems if diff else show_conflicts(outcome.plan):
            report.add(problem)
    show_findings(_told(report, quiet=quiet))


def _told(report: Report, *, quiet: bool) -> list[Diagnostic]:
    """What is said of a report: notes only to those who want to hear them."""
    return [found for found in report if not (quiet and found.level == "note")]


def _show_json(outcomes: list[Outcome], report: Report, *, diff: bool) -> None:
    from .changes import json_answer
    from .terminal import show_json

    for outcome in outcomes:
        for problem in outcome.plan.problems:
            report.add(problem)
    show_json(json_answer(outcomes, report, diff=diff))


def _keep(reading: Reading, outcomes: list[Outcome], report: Report, *, quiet: bool) -> None:
    """Let the next run answer like this one would now, if nothing changes in between."""
    from ..output.plan import Plan
    from .changes import Outcome, json_answer, up_to_date
    from .record import without_colours
    from .terminal import findings_text, json_text

    done = [Outcome(outcome.project, Plan(()), outcome.listed) for outcome in outcomes]
    coloured = findings_text(_told(report, quiet=quiet), colour=True)
    answers = {
        "told": "" if quiet else "".join(up_to_date(outcome.project) for outcome in done),
        "findings": without_colours(coloured),
        "coloured": coloured,
        "json": json_text(json_answer(done, report, diff=False)),
        "compared": json_text(json_answer(done, report, diff=True)),
    }
    reading.keep([(outcome.project, outcome.plan) for outcome in outcomes], answers)
