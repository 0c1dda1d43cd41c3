"""Lint: what a spec may say, but probably should not."""

from __future__ import annotations

from ..spec.document import Document
from ..text.report import Report
from .rule import Spec
from .table import RULES, Rule

__all__ = ["RULES", "Rule", "check"]


def check(document: Document, report: Report) -> None:
    """Run every rule; none of them finds an error."""
    spec = Spec.of(document)
    for rule in RULES:
        for finding in rule.run(spec):
            report.add(finding)
