"""What all importers do in the end: show what was lost, check the spec, print or write it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from ..text.report import Diagnostic, Rejected, Report


def finish(
    ctx: click.Context,
    spec: Mapping[str, Any],
    losses: Iterable[Diagnostic],
    *,
    out: Path | None,
    force: bool,
    as_json: bool,
    facts: Mapping[str, object] | None = None,
    summary: str | None = None,
    fewer: Iterable[Diagnostic] | None = None,
    verbose: bool = False,
) -> None:
    """Print a spec, or write it, with what is to be said about it; ends the command.

    Args:
        facts: Further members of the `--json` answer.
        summary: A line for people, behind the findings.
        fewer: The losses in fewer words, unless `verbose` asks for each.

    The exit code is 1 if the spec does not compile as it is: it is given all the same, to be mended by hand.

    Raises:
        Rejected: `AM509`: the file cannot be written.
    """
    from ..output.single import write_single
    from ..spec.dump import dump
    from .terminal import findings_json, show_json

    text = dump(spec)
    report, shown = Report(), Report()
    for loss in losses:
        report.add(loss)
    for one in report if verbose or fewer is None else fewer:
        shown.add(one)
    for found in _findings(text, out):
        report.add(found)
        shown.add(found)
    written = write_single(out, text, force=force) if out else False
    if as_json:
        told: dict[str, object] = {"ok": not report.failed, **(facts or {})}
        told["findings"] = findings_json(report)
        show_json({**told, "spec": None if out else text, "written": str(out) if written else None})
        ctx.exit(1 if report.failed else 0)
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    _show(report, shown, every=verbose or fewer is not None, verbose=verbose)
    if summary is not None:
        click.echo(summary, err=True)
    if out is not None:
        click.echo(f"{'wrote' if written else 'unchanged:'} {out}", err=True)
    ctx.exit(1 if report.failed else 0)


def refuse(ctx: click.Context, rejected: Rejected, *, as_json: bool) -> NoReturn:
    """End the command, as what was given cannot be imported."""
    from .terminal import findings_json, show_json

    if not as_json:
        raise rejected
    told = findings_json(rejected.report)
    show_json({"ok": False, "error": told[0]["message"], "findings": told, "spec": None})
    ctx.exit(1)


def _show(report: Report, shown: Report, *, every: bool, verbose: bool) -> None:
    """Draw the findings with the worst at the end, and say how many there are of each code."""
    from ..text.condense import condensed, explained, tally
    from ..text.render import render_all
    from .streams import wants_colour, width_of

    listed = list(report)
    if not listed:
        return
    drawn = list(shown) if every else condensed(list(shown))
    drawn.sort(key=lambda found: found.level == "error")
    text = render_all(drawn, colour=wants_colour(sys.stderr), width=width_of(sys.stderr))
    more = "" if verbose or len(drawn) == len(listed) else "`--verbose` shows each, "
    click.echo(f"{text}\n{tally(listed)}: {more}{explained(listed)}", err=True, color=True)


def _findings(text: str, out: Path | None) -> Iterable[Diagnostic]:
    """What the compiler says of the spec, but for advice that its author alone can follow."""
    from ..pipeline import analyse
    from ..project import read_file
    from ..text.source import Source

    report = Report()
    try:
        analyse(Source(str(out or "spec.yaml"), text), read_file, report)
    except Rejected as rejected:
        report = rejected.report
    return [found for found in report if found.level == "error"]
