"""What goes to the terminal: colours only for people, control characters never."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping

import click

from ..text.condense import condensed, explained, tally
from ..text.render import render_all, to_github, to_json
from ..text.report import Diagnostic, Report
from .streams import wants_colour, width_of


def show_findings(findings: Iterable[Diagnostic], *, every: bool = False) -> None:
    """Draw findings on stderr.

    Args:
        every: Each of them, however many there are of a kind.
    """
    text = findings_text(
        findings, colour=wants_colour(sys.stderr), every=every, width=width_of(sys.stderr)
    )
    if text:
        click.echo(text, err=True, nl=False, color=True)


def findings_text(
    findings: Iterable[Diagnostic], *, colour: bool, every: bool = False, width: int | None = None
) -> str:
    """Findings as they are drawn on a terminal of a width."""
    listed = list(findings)
    shown = listed if every else condensed(listed)
    text = render_all(shown, colour=colour, width=width)
    if len(shown) == len(listed):
        return text
    hidden = [found for found in listed if found.level != "error"]
    told = f"{tally(listed)}: `automcp check --verbose` shows each, {explained(hidden)}"
    return f"{text}\n{told}\n"


def show_github(findings: Iterable[Diagnostic]) -> None:
    """Print findings on stdout as GitHub annotations."""
    for finding in findings:
        click.echo(to_github(finding))


def show_json(record: Mapping[str, object]) -> None:
    """Print one JSON object on stdout."""
    click.echo(json_text(record), nl=False)


def json_text(record: Mapping[str, object]) -> str:
    """One JSON object as a program, or a person, may want to read it."""
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def findings_json(report: Report) -> list[Mapping[str, object]]:
    """The findings as the `findings` of a `--json` answer."""
    return [to_json(finding) for finding in report]
