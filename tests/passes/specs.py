"""Compiles spec text in memory, for the tests of the passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from textwrap import dedent, indent

from automcp.ir.model import Operation, Service
from automcp.pipeline import analyse
from automcp.text.report import Diagnostic, Rejected, Report
from automcp.text.source import Source

HEAD = 'automcp: 1\nname: shop\nversion: "1"\n'


def service(text: str, files: Mapping[str, str] | None = None) -> Service:
    """The service that a spec describes. Raises `Rejected` if it has errors."""
    return analyse(Source("spec.yaml", HEAD + dedent(text)), _reader(files or {}), Report())


def operation(
    body: str, schemas: str = "schemas: {}", files: Mapping[str, str] | None = None
) -> Operation:
    """The operation `orders.list` with this body."""
    head = dedent(schemas).strip("\n") + "\ngroups:\n  orders:\n    operations:\n      list:\n"
    only = service(head + indent(dedent(body).strip("\n"), " " * 8) + "\n", files)
    return only.operations[0]


def findings(text: str, files: Mapping[str, str] | None = None) -> list[Diagnostic]:
    """Everything that is said about a spec, errors or not."""
    report = Report()
    with suppress(Rejected):
        analyse(Source("spec.yaml", HEAD + dedent(text)), _reader(files or {}), report)
    return list(report)


def errors(text: str, files: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Code and place of every error."""
    return [
        (found.code, found.at.span.text if found.at else "")
        for found in findings(text, files)
        if found.level == "error"
    ]


def _reader(files: Mapping[str, str]) -> Callable[[str], Source]:
    def read(name: str) -> Source:
        if name not in files:
            raise FileNotFoundError(name)
        return Source(name, dedent(files[name]))

    return read
