"""Where text comes from, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file or an in-memory string.

    Attributes:
        name: What diagnostics call it: a path as the user would type it, or `<stdin>`.
    """

    name: str
    text: str = field(repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n")[:-1])
        object.__setattr__(self, "_starts", tuple(accumulate(lengths, initial=0)))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")


# A large spec has a hundred thousand of them, and a frozen dataclass takes three times as long to make.
class Span(NamedTuple):
    """A stretch of a source, in offsets of characters; `end` is behind the last one."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]
