"""Diagnostics are records; a report collects them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .source import Span


class Level(StrEnum):
    """How bad a finding is; only an error stops the compiler."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A place, and what is the matter there."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit of the spec text that mends the finding."""

    span: Span
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: `AM` and three digits; `automcp explain CODE` tells more.
        message: What is wrong; no capital letter in front, no full stop behind.
        at: The smallest place that is wrong; `None` for findings about no text, such as a full disk.
        also: Other places that matter, such as the first of two declarations.
        help: What to do about it.
    """

    code: str
    message: str
    at: Label | None = None
    also: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    level: Level = Level.ERROR


class Report:
    """All findings of a run; the only thing in the compiler's middle that changes."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a finding; the same one twice counts once."""
        self._found[diagnostic] = None

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found, key=_order))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def failed(self) -> bool:
        """Whether a finding is an error."""
        return any(found.level is Level.ERROR for found in self._found)

    def settle(self) -> None:
        """End a pass: raise `Rejected` if a finding is an error, so that the next pass may trust this one."""
        if self.failed:
            raise Rejected(self)


class Rejected(Exception):
    """The input cannot be compiled; `report` says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report)} findings")
        self.report = report


def _order(found: Diagnostic) -> tuple[str, int, str]:
    if found.at is None:
        return "", 0, found.code
    return found.at.span.source.name, found.at.span.start, found.code


def quoted(text: str) -> str:
    """`text` in quotes for a message, cut where it would drown the rest."""
    return f'"{text}"' if len(text) <= _QUOTED else f'"{text[:_QUOTED]}…"'


_QUOTED = 60
