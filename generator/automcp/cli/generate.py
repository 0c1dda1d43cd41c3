"""`automcp generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..text.report import Report
    from .changes import Outcome


@click.command("generate")
@click.argument("paths", metavar="[PATH]...", type=click.Path(path_type=Path), nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--stubs", is_flag=True, help="Append methods for new operations to your handlers.")
@click.option("--target", "targets", metavar="NAME", multiple=True, help="Only this target (repeatable).")  # fmt: skip
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Write below DIR instead of the project's folder.")  # fmt: skip
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
    """
    from ..text.report import Rejected, Report

    if out is not None and len(paths) > 1:
        raise click.UsageError("--out takes one PATH")
    report = Report()
    outcomes: list[Outcome] = []
    try:
        places = paths or (Path(),)
        outcomes.extend(_outcome(path, targets, out, stubs, report) for path in places)
        if not (check or diff):
            _write(outcomes, quiet=as_json)
    except Rejected as rejected:
        for finding in rejected.report:
            report.add(finding)
    if as_json:
        _show_json(outcomes, report, diff=check or diff)
    else:
        _show(outcomes, report, diff=check or diff)
    drift = check and any(outcome.drift for outcome in outcomes)
    ctx.exit(1 if report.failed or drift else 0)


def _outcome(
    path: Path, targets: tuple[str, ...], out: Path | None, stubs: bool, report: Report
) -> Outcome:
    from ..pipeline import generate, plan
    from ..project import find_project, read_file, read_source
    from .changes import Outcome

    project = find_project(path).narrowed(targets).moved(out)
    wanted = generate(project, read_source(project.spec), read_file, report)
    return Outcome(project, plan(project, wanted, report, stubs=stubs))


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


def _show(outcomes: list[Outcome], report: Report, *, diff: bool) -> None:
    from .changes import show_conflicts, show_diff
    from .terminal import show_findings

    for outcome in outcomes:
        if diff:
            show_diff(outcome.plan)
        for problem in outcome.plan.problems if diff else show_conflicts(outcome.plan):
            report.add(problem)
    show_findings(report)


def _show_json(outcomes: list[Outcome], report: Report, *, diff: bool) -> None:
    from .changes import to_record
    from .terminal import findings_json, show_json

    for outcome in outcomes:
        for problem in outcome.plan.problems:
            report.add(problem)
    projects = [to_record(outcome, diff=diff) for outcome in outcomes]
    changed = any(outcome.drift for outcome in outcomes)
    show_json(
        {
            "ok": not report.failed,
            "written": not diff and not report.failed,
            "changed": changed,
            "projects": projects,
            "findings": findings_json(report),
        }
    )
