"""The syntax of templates: texts with placeholders in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_MARK = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{name}`; `start` and `end` are where it stands, braces included."""

    name: str
    start: int
    end: int


Part: TypeAlias = str | Placeholder


class NoTemplate(Exception):
    """A text that is no template; `start` and `end` are where the mistake is."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


def parse(text: str) -> tuple[Part, ...]:
    """The texts and placeholders that a template is made of; never two texts in a row.

    `{{` and `}}` stand for braces. Raises `NoTemplate`.
    """
    parts: list[Part] = []
    said: list[str] = []
    behind = 0
    for mark in _MARK.finditer(text):
        said.append(text[behind : mark.start()])
        behind = mark.end()
        if mark.group() in ("{{", "}}"):
            said.append(mark.group()[0])
            continue
        if len(mark.group()) == 1:
            raise _alone(text, mark.start())
        if not mark.group(1).strip():
            raise NoTemplate("a placeholder has no name", *mark.span())
        parts += _joined(said)
        said = []
        parts.append(Placeholder(mark.group(1), *mark.span()))
    said.append(text[behind:])
    return (*parts, *_joined(said))


def _joined(said: list[str]) -> list[Part]:
    joined = "".join(said)
    return [joined] if joined else []


def _alone(text: str, at: int) -> NoTemplate:
    wrong = "is never closed" if text[at] == "{" else "closes nothing"
    return NoTemplate(f"a brace {wrong}", at, at + 1)
