"""Many findings become few, and the worst are read last."""

from __future__ import annotations

from automcp.text.condense import condensed, explained, tally
from automcp.text.report import Diagnostic, Level


def notes(code: str, count: int, level: Level = Level.NOTE) -> list[Diagnostic]:
    return [Diagnostic(code, f"{code} {at}", level=level) for at in range(count)]


def test_few_stay_and_many_become_one() -> None:
    found = [*notes("AM303", 1_200), *notes("AM306", 5), *notes("AM302", 6, Level.WARNING)]
    told = [one.message for one in condensed(found)]
    assert told == [
        "AM303 0; and 1,199 more of this kind",
        *(f"AM306 {at}" for at in range(5)),
        "AM302 0; and 5 more of this kind",
    ]


def test_errors_are_all_told_and_told_last() -> None:
    found = [*notes("AM201", 9, Level.ERROR), *notes("AM303", 2)]
    told = condensed(found)
    assert [one.level for one in told] == [Level.NOTE] * 2 + [Level.ERROR] * 9
    assert [one.message for one in told[2:]] == [f"AM201 {at}" for at in range(9)]


def test_a_line_counts_levels_and_codes() -> None:
    found = [*notes("AM306", 1_000), *notes("AM201", 1, Level.ERROR), *notes("AM303", 2)]
    assert tally(found) == "1 error, 1,002 notes (AM201 1, AM303 2, AM306 1,000)"
    assert explained(found) == "`automcp explain AM306` says what one means"
    assert tally([]) == ""
