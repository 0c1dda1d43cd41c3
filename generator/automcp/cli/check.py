"""`automcp check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..text.report import Report


@click.command("check")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.option(
    "--verbose", is_flag=True, help="Show each finding, however many there are of a kind."
)
@click.option("--github", is_flag=True, help="Print findings as GitHub annotations.")
@click.pass_context
def command(ctx: click.Context, path: Path, as_json: bool, verbose: bool, github: bool) -> None:
    """Say what is wrong with a spec, and write nothing.

    PATH is a spec, an automcp.toml, or a folder that holds one (default: this folder).
    Exits with 1 if a finding is an error.

    \b
    automcp check
    automcp check shop.yaml
    automcp check --github      in a workflow: findings appear in the pull request
    """
    from ..text.report import Rejected, Report
    from .terminal import findings_json, show_findings, show_github, show_json

    report = Report()
    try:
        _check(path, report)
    except Rejected as rejected:
        report = rejected.report
    if as_json:
        show_json({"ok": not report.failed, "findings": findings_json(report)})
    elif github:
        show_github(report)
    else:
        show_findings(report, every=verbose)
        if not len(report):
            click.echo("nothing wrong", err=True)
    ctx.exit(1 if report.failed else 0)


def _check(path: Path, report: Report) -> None:
    """Everything that `generate` does before it emits."""
    from ..pipeline import analyse, weigh
    from ..project import find_project, read_file, read_source

    project = find_project(path)
    service = analyse(read_source(project.spec), read_file, report, project.modules)
    weigh(project, service, report)
