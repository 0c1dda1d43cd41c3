"""Diagnostics as people and programs see them."""

from __future__ import annotations

import re

import pytest
from automcp.text.render import render, render_all, to_github, to_json, visible
from automcp.text.report import Diagnostic, Fix, Label, Level
from automcp.text.source import Source, Span
from hypothesis import given
from hypothesis import strategies as st


def spot(text: str, part: str, words: str = "", name: str = "shop.yaml") -> Label:
    source = Source(name, text)
    start = text.index(part)
    return Label(Span(source, start, start + len(part)), words)


def test_one_label() -> None:
    place = spot("automcp: 1\ngrops:\n", "grops", "here")
    found = Diagnostic("AM103", 'unknown key "grops"', place, help='did you mean "groups"?\nor not')
    assert render(found) == (
        'error[AM103]: unknown key "grops"\n'
        " --> shop.yaml:2:1\n"
        "  |\n"
        "2 | grops:\n"
        "  | ^^^^^ here\n"
        '  = help: did you mean "groups"?\n'
        "          or not\n"
    )


@pytest.mark.parametrize("width", [10, 40, 80, 200, None])
def test_lines_of_sources_fit_the_terminal(width: int | None) -> None:
    place = spot("a: 1\n" + "x" * 300 + "HERE" + "y" * 300 + "\n", "HERE")
    lines = render(Diagnostic("AM103", "short", place), width=width).splitlines()
    assert max(len(line) for line in lines[3:]) <= max(width or 0, 26) or width in (200, None)
    assert lines[3][lines[4].index("^") :].startswith("HERE")
    assert max(map(len, lines)) <= 120


def test_labels_in_order_of_the_text_and_files_apart() -> None:
    text = "a: 1\nb: 2\nc: 3\na: 4\n"
    source = Source("x.yaml", text)
    at = Label(Span(source, 15, 16), "again")
    also = (Label(Span(source, 0, 1), "first"), spot("z: 1", "z", "there", "y.yaml"))
    assert render(Diagnostic("AM006", "twice", at, also)) == (
        "error[AM006]: twice\n"
        " --> x.yaml:4:1\n"
        "  |\n"
        "1 | a: 1\n"
        "  | - first\n"
        "...\n"
        "4 | a: 4\n"
        "  | ^ again\n"
        " ::: y.yaml:1:1\n"
        "  |\n"
        "1 | z: 1\n"
        "  | - there\n"
    )


def test_without_a_place() -> None:
    found = Diagnostic("AM501", "the disk is full", level=Level.WARNING)
    assert render(found) == "warning[AM501]: the disk is full\n"
    assert render_all([found, found]) == render(found) + "\n" + render(found)


def marks(text: str, part: str) -> tuple[str, str]:
    """The drawn line and the marks below it, without the gutter."""
    lines = render(Diagnostic("AM001", "m", spot(text, part))).splitlines()
    return lines[3][4:], lines[4][4:]


@pytest.mark.parametrize(
    ("text", "part", "line", "below"),
    [
        ("\tab: 1", "ab", "    ab: 1", "    ^^"),
        ("価格: x", "x", "価格: x", "      ^"),
        ("価格: x", "価格", "価格: x", "^^^^"),
        ("e\u0301: x", "x", "e\u0301: x", "   ^"),
        ("😀: x", "x", "😀: x", "    ^"),
        ("a\x1b[31m: x", "x", "a\\x1b[31m: x", "           ^"),
        ("a: x\r\nb: y", "x", "a: x", "   ^"),
        ("a: |\n  b\n", "|\n  b\n", "a: |", "   ^"),
        ("a", "", "a", "^"),
    ],
)
def test_marks_stand_below_their_text(text: str, part: str, line: str, below: str) -> None:
    assert marks(text, part) == (line, below)


def test_a_place_behind_the_end() -> None:
    source = Source("s", "a: [")
    drawn = render(Diagnostic("AM003", "m", Label(Span(source, 4, 4))))
    assert drawn.splitlines()[4] == "  |     ^"


@pytest.mark.parametrize("at", [0, 60, 5_000, 9_999])
def test_long_lines_are_cut_around_the_place(at: int) -> None:
    text = "x" * at + "!" + "x" * (9_999 - at)
    line, below = marks(text, "!")
    assert len(line) <= 112
    assert line[below.index("^")] == "!"


def test_nothing_reaches_the_terminal_as_a_control_sequence() -> None:
    evil = "\x1b]0;x\x07\x9b31m\u202e\u2028\u200b\ud800\r"
    label = spot(f"key: {evil}", evil, evil, f"{evil}.yaml")
    found = Diagnostic("AM101", evil, label, (label,), help=evil)
    for drawn in (render(found), to_github(found)):
        assert all(char.isprintable() or char == "\n" for char in drawn)
        drawn.encode("utf-8")


def test_colour_adds_nothing_but_colour() -> None:
    found = Diagnostic("AM103", "m", spot("a: b", "b", "w"), help="h")
    painted = render(found, colour=True)
    assert "\x1b[1;31m" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == render(found)


@given(st.text(), st.data())
def test_every_span_can_be_drawn(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    drawn = render(Diagnostic("AM001", "m", Label(Span(Source("s", text), start, end))))
    assert "^" in drawn.splitlines()[4]


def test_visible() -> None:
    assert visible("a\tb\n\u00a0\u202e") == "a    b\\n \\u202e"


def test_to_json() -> None:
    place = spot("ab: 1\n", "ab")
    fix = Fix(place.span, "abc", "write abc")
    found = Diagnostic("AM103", "m", place, (spot("z", "z", "t"),), "h", fix)
    where = {"file": "shop.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 3}
    assert to_json(found) == {
        "code": "AM103",
        "level": "error",
        "message": "m",
        **where,
        "label": None,
        "help": "h",
        "also": [{**where, "end_column": 2, "text": "t"}],
        "fix": {"title": "write abc", **where, "text": "abc"},
    }
    assert to_json(Diagnostic("AM501", "m"))["file"] is None


def test_to_github() -> None:
    found = Diagnostic("AM103", "100%\n::stop", spot("a\nb: 1", "b", "", "x,y:z.yaml"), help="h")
    assert to_github(found) == (
        "::error file=x%2Cy%3Az.yaml,line=2,col=1,title=AM103::100%25%0A::stop%0Ahelp: h"
    )
    assert to_github(Diagnostic("AM501", "m", level=Level.NOTE)) == "::notice title=AM501::m"
