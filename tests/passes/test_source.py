"""Places in sources, and findings in reports."""

from __future__ import annotations

import pytest
from automcp.text.report import Diagnostic, Label, Level, Rejected, Report, quoted
from automcp.text.source import Source, Span


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("😀\n😀x", 3, (2, 2)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_position(text: str, offset: int, place: tuple[int, int]) -> None:
    assert Source("s", text).position(offset) == place


@pytest.mark.parametrize(
    ("text", "number", "line"), [("a\r\nb", 1, "a"), ("a\nb", 2, "b"), ("a\n", 2, ""), ("", 1, "")]
)
def test_line(text: str, number: int, line: str) -> None:
    assert Source("s", text).line(number) == line


def finding(source: Source, at: int, code: str, level: Level = Level.ERROR) -> Diagnostic:
    return Diagnostic(code, "wrong", Label(Span(source, at, at + 1)), level=level)


def test_report_sorts_by_place_and_keeps_one_of_two_equal_findings() -> None:
    first, second = Source("a.yaml", "xyz"), Source("b.yaml", "xyz")
    report = Report()
    found = [finding(second, 0, "AM001"), finding(first, 2, "AM002"), finding(first, 0, "AM003")]
    for diagnostic in [*found, found[0], Diagnostic("AM501", "the disk is full")]:
        report.add(diagnostic)
    assert [diagnostic.code for diagnostic in report] == ["AM501", "AM003", "AM002", "AM001"]
    assert len(report) == 4


@pytest.mark.parametrize(
    ("level", "rejected"), [(Level.ERROR, True), (Level.WARNING, False), (Level.NOTE, False)]
)
def test_only_errors_settle_as_a_rejection(level: Level, rejected: bool) -> None:
    report = Report()
    report.settle()
    report.add(finding(Source("s", "x"), 0, "AM001", level))
    if rejected:
        with pytest.raises(Rejected) as raised:
            report.settle()
        assert raised.value.report is report
    else:
        report.settle()


def test_quoted_cuts_long_text() -> None:
    assert quoted("a") == '"a"'
    assert len(quoted("a" * 10_000)) < 100
