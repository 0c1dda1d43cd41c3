"""Chooses how to read a source: as YAML, or as strict JSON."""

from __future__ import annotations

from ...text.report import Diagnostic, Label, Report
from ...text.source import Source, Span
from ..document import Node
from . import limits
from .json_text import read_json
from .yaml_text import read_yaml


def load(source: Source, report: Report, *, scale: int = 1) -> Node:
    """Read one source: as JSON if its name ends in `.json` or its text is JSON, else as YAML 1.2.

    JSON has a reader of its own, because YAML refuses the surrogate escapes (`\\ud83d\\ude00`)
    that JSON writers emit. A source that cannot be read leaves a finding and gives an empty mapping.

    Args:
        scale: How many times as large as a spec the source may be.
    """
    nothing = Node({}, Span(source, 0, 0))
    most = scale * limits.TEXT
    if len(source.text) > most:
        message = f"the file is longer than {most // 1024 // 1024} million characters"
        report.add(
            Diagnostic("AM005", message, Label(nothing.span), help="split it: see `include`")
        )
        return nothing
    if not source.text.removeprefix("\ufeff").strip():
        text = "a spec starts with `automcp: 1` and a `name`"
        report.add(Diagnostic("AM012", "the file is empty", Label(nothing.span), help=text))
        return nothing
    if source.name.lower().endswith(".json"):
        return read_json(source, report, scale) or nothing
    if source.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        # YAML in flow style looks the same at first, so a failure here is not yet a finding.
        attempt = Report()
        node = read_json(source, attempt, scale)
        if node is not None and not attempt.failed:
            return node
    return read_yaml(source, report, scale) or nothing
