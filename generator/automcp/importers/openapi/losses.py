"""What a spec does not say of an OpenAPI document, collected while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...spec.document import Node
from ...text.report import Diagnostic, Label, Level
from ...text.source import Span

_SHOWN = 3
"""How many findings of one kind are told one by one; of more, the first says how many there are."""


@dataclass(slots=True)
class Losses:
    """Findings by kind, in the order in which the kinds were first met.

    A kind is what can be said of many places in the same words: 500 callbacks are one finding.
    """

    _found: dict[tuple[str, str], list[Diagnostic]] = field(
        default_factory=dict[tuple[str, str], list[Diagnostic]]
    )
    _told: set[tuple[str, Span | None]] = field(default_factory=set[tuple[str, Span | None]])

    def note(
        self, code: str, message: str, at: Node | None, help: str | None = None, *, kind: str = ""
    ) -> None:
        """Something is not said, or said otherwise, that nobody may miss.

        Args:
            kind: What findings that belong together have in common, in words that fit behind "N times: ".
        """
        self._add(code, message, at, help, Level.NOTE, kind)

    def warn(
        self, code: str, message: str, at: Node | None, help: str | None = None, *, kind: str = ""
    ) -> None:
        """Something is not as the document means it."""
        self._add(code, message, at, help, Level.WARNING, kind)

    def _add(
        self, code: str, message: str, at: Node | None, help: str | None, level: Level, kind: str
    ) -> None:
        span = None if at is None else _first_line(at.span)
        # A part that several operations use is read for each of them.
        if (message, span) in self._told:
            return
        self._told.add((message, span))
        place = Label(span) if span is not None else None
        found = Diagnostic(code, message, place, help=help, level=level)
        self._found.setdefault((code, kind or message), []).append(found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Every finding, one by one."""
        for found in self._found.values():
            yield from found

    def summed(self) -> Iterator[Diagnostic]:
        """The findings for people: of many of a kind, the first, and how many there are."""
        for (code, kind), found in self._found.items():
            if len(found) <= _SHOWN:
                yield from found
                continue
            first = found[0]
            message = first.message
            if all(one.message == message for one in found):
                message = f"{len(found)} times: {message}"
            else:
                message = f"{len(found)} times: {kind}; the first: {message}"
            yield Diagnostic(code, message, first.at, help=first.help, level=first.level)


def _first_line(span: Span) -> Span:
    """What of a place is worth drawing."""
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.source, span.start, end)
