"""Draws diagnostics: for a terminal, as JSON, and as annotations of GitHub Actions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from .report import Diagnostic, Fix, Label, Level
from .source import Source, Span

Record: TypeAlias = dict[str, "str | int | Record | list[Record] | None"]

_WINDOW = 110
_LEAST = 20
"""Columns of a source's line below which nothing could be recognised."""
_BEFORE_CARET = 50
_TAB = "    "
_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_COLOURS = {
    Level.ERROR: "\x1b[1;31m",
    Level.WARNING: "\x1b[1;33m",
    Level.NOTE: "\x1b[1;36m",
}
_QUIET = "\x1b[1;34m"
_GITHUB = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(diagnostic: Diagnostic, *, colour: bool = False, width: int | None = None) -> str:
    """Draw one finding with the lines it is about, ending with a line end.

    Args:
        width: The columns that there are for lines of sources; longer ones are cut around the place.

    Nothing that came from a source can reach the terminal as a control sequence: characters
    without a shape are spelt out.
    """
    paint = _Paint(colour)
    level = diagnostic.level
    head = paint(_COLOURS[level], f"{level}[{diagnostic.code}]")
    lines = [head + paint(_BOLD, f": {visible(diagnostic.message)}")]
    groups = _by_source(diagnostic)
    gutter = max(
        (len(str(_line_of(label))) for _, labels in groups for label, _ in labels), default=1
    )
    for at, (source, labels) in enumerate(groups):
        window = _WINDOW if width is None else max(_LEAST, min(_WINDOW, width - gutter - 5))
        lines.extend(_draw_source(source, labels, at == 0, gutter, paint, _COLOURS[level], window))
    if diagnostic.help is not None:
        lines.extend(_draw_help(diagnostic.help, gutter, paint))
    return "\n".join(lines) + "\n"


def render_all(
    diagnostics: Iterable[Diagnostic], *, colour: bool = False, width: int | None = None
) -> str:
    """Draw findings one below the other, with an empty line between."""
    return "\n".join(render(one, colour=colour, width=width) for one in diagnostics)


def to_json(diagnostic: Diagnostic) -> Record:
    """The finding as a JSON object. Lines and columns count from 1; the end is behind the last character."""
    at = diagnostic.at
    place: Record = dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    return {
        "code": diagnostic.code,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        **(place if at is None else _place(at.span)),
        "label": at.text or None if at is not None else None,
        "help": diagnostic.help,
        "also": [{**_place(label.span), "text": label.text} for label in diagnostic.also],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }


def to_github(diagnostic: Diagnostic) -> str:
    """The finding as one workflow command of GitHub Actions, without a line end."""
    properties: list[tuple[str, str]] = []
    if diagnostic.at is not None:
        span = diagnostic.at.span
        line, column = span.source.position(span.start)
        properties = [("file", span.source.name), ("line", str(line)), ("col", str(column))]
    properties.append(("title", diagnostic.code))
    said = ",".join(f"{key}={_github_property(value)}" for key, value in properties)
    text = diagnostic.message
    if diagnostic.help is not None:
        text += f"\nhelp: {diagnostic.help}"
    return f"::{_GITHUB[diagnostic.level]} {said}::{_github_text(text)}"


def visible(text: str) -> str:
    """`text` with every character that has no shape of its own spelt out: `\\x1b`, `\\u202e`, `\\n`."""
    return text if text.isprintable() else "".join(map(_visible, text))


class _Paint:
    """Colours text, or leaves it alone."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_RESET}" if self._on else text


def _by_source(diagnostic: Diagnostic) -> list[tuple[Source, list[tuple[Label, bool]]]]:
    """Labels by source, the finding's own source first; in a source by position."""
    if diagnostic.at is None:
        return []
    groups: dict[Source, list[tuple[Label, bool]]] = {}
    for label in (diagnostic.at, *diagnostic.also):
        groups.setdefault(label.span.source, []).append((label, label is diagnostic.at))
    for labels in groups.values():
        labels.sort(key=lambda pair: pair[0].span.start)
    return list(groups.items())


def _draw_source(
    source: Source,
    labels: list[tuple[Label, bool]],
    first: bool,
    gutter: int,
    paint: _Paint,
    colour: str,
    window: int,
) -> Iterator[str]:
    named = next((label for label, own in labels if own), labels[0][0])
    line, column = source.position(named.span.start)
    arrow = paint(_QUIET, " " * gutter + ("-->" if first else ":::"))
    bar = paint(_QUIET, " " * (gutter + 1) + "|")
    yield f"{arrow} {visible(source.name)}:{line}:{column}"
    yield bar
    last = None
    for label, own in labels:
        number = _line_of(label)
        if last is not None and number > last + 1:
            yield paint(_QUIET, "...")
        text, marks = _draw_label(label, "^" if own else "-", window)
        if number != last or len(source.line(number)) > window:
            yield f"{paint(_QUIET, f'{number:>{gutter}} |')} {text}".rstrip()
        yield f"{bar} {paint(colour if own else _QUIET, marks)}"
        last = number


def _draw_label(label: Label, mark: str, window: int) -> tuple[str, str]:
    """The line around a label's place, and the marks below it."""
    source, start = label.span.source, label.span.start
    number, column = source.position(start)
    line = source.line(number)
    at = min(column - 1, len(line))
    stop = min(max(at + 1, at + label.span.end - start), max(len(line), at + 1))
    before = min(_BEFORE_CARET, window // 2)
    left = 0 if len(line) <= window else max(0, min(at - before, len(line) - window))
    right = left + window
    front = "…" if left else ""
    text = front + visible(line[left:right]) + ("…" if right < len(line) else "")
    indent = _width(front + visible(line[left:at]))
    run = max(1, _width(visible(line[at : min(stop, right)])))
    words = f" {visible(label.text)}" if label.text else ""
    return text, " " * indent + mark * run + words


def _draw_help(text: str, gutter: int, paint: _Paint) -> Iterator[str]:
    lead = f"{' ' * (gutter + 1)}= help: "
    for at, line in enumerate(text.splitlines() or [""]):
        yield (paint(_QUIET, lead) if at == 0 else " " * len(lead)) + visible(line)


def _line_of(label: Label) -> int:
    return label.span.source.position(label.span.start)[0]


def _visible(char: str) -> str:
    if char == "\t":
        return _TAB
    if char.isprintable():
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _width(text: str) -> int:
    """How many columns of a terminal a visible text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _place(span: Span) -> Record:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _fix(fix: Fix) -> Record:
    return {"title": fix.title, **_place(fix.span), "text": fix.text}


def _github_text(text: str) -> str:
    lines = (visible(line).replace("%", "%25") for line in text.splitlines())
    return "%0A".join(lines)


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")
