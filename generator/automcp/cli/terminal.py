"""What goes to the terminal: colours only for people, control characters never."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

import click

from ..text.render import render_all, to_github, to_json
from ..text.report import Diagnostic, Report


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads `stream`, so that progress and layout make sense."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour: on a terminal, unless `NO_COLOR` (no-color.org) is set."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def show_findings(findings: Iterable[Diagnostic]) -> None:
    """Draw findings on stderr."""
    text = render_all(findings, colour=wants_colour(sys.stderr))
    if text:
        click.echo(text, err=True, nl=False, color=True)


def show_github(findings: Iterable[Diagnostic]) -> None:
    """Print findings on stdout as GitHub annotations."""
    for finding in findings:
        click.echo(to_github(finding))


def show_json(record: Mapping[str, object]) -> None:
    """Print one JSON object on stdout."""
    click.echo(json.dumps(record, indent=2, ensure_ascii=False))


def findings_json(report: Report) -> list[Mapping[str, object]]:
    """The findings as the `findings` of a `--json` answer."""
    return [to_json(finding) for finding in report]
