"""Says in plain words what a YAML parser complains about, at the smallest place that is wrong."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ...text.report import Diagnostic, Label
from ...text.source import Source, Span

_TIGHT_COLON = re.compile(r"\s*(?:- +)?[\w.-]+(:)(?=[^\s/])")
_WORD = re.compile(r"\S+")
_QUOTE_IT = "put the whole text in quotes"
_SPACE_IT = "write `key: value`"
_CLOSE_IT = "every `{` needs a `}`, every `[` a `]`, and a comma stands between two members"


def explain(source: Source, error: yaml.MarkedYAMLError, shift: int) -> Diagnostic:
    """The finding for a text that is no YAML. `shift` is where the parser's text starts in the source."""
    at = _index(error.problem_mark, shift, 0)
    return _Spot(
        source, error.problem or "", at, _index(error.context_mark, shift, at)
    ).diagnostic()


def _index(mark: Any, shift: int, default: int) -> int:
    return default if mark is None else int(mark.index) + shift


class _Spot:
    """Where the parser stopped, and where the thing began that it was reading."""

    def __init__(self, source: Source, problem: str, at: int, began: int) -> None:
        self._source = source
        self._problem = problem
        self._at = min(at, len(source.text))
        self._began = min(began, len(source.text))
        start = source.text.rfind("\n", 0, self._at) + 1
        self._before = source.text[start : self._at]
        self._char = source.text[self._at : self._at + 1]

    def diagnostic(self) -> Diagnostic:
        problem = self._problem
        if self._char == "\t" or "tab character" in problem:
            return self._say("a tab cannot indent", self._at, "indent with spaces")
        if "cannot start any token" in problem:
            return self._say(f'plain text cannot start with "{self._char}"', self._at, _QUOTE_IT)
        if "mapping values are not allowed" in problem:
            return self._stray_colon()
        if "sequence entries are not allowed" in problem:
            help = "put each item on a line of its own below the key, or write `[a, b]`"
            return self._say("a list cannot start on the line of its key", self._at, help)
        if "unexpected end of stream" in problem:
            help = 'a quote inside the text is doubled in single quotes, \\" in double quotes'
            return self._say("this quote is never closed", self._began, help)
        if "',' or" in problem:
            return self._open_bracket()
        if "could not find expected ':'" in problem:
            return self._missing_colon()
        slash = self._source.text.rfind("\\", self._began, self._at + 2)
        if slash >= 0 and self._source.text[self._began] == '"':
            return self._bad_escape(slash)
        return self._misplaced()

    def _stray_colon(self) -> Diagnostic:
        tight = self._tight_colon_above()
        if tight is not None:
            return self._say("there is no space behind this colon", tight, _SPACE_IT)
        if ": " in self._before:
            help = f"{_QUOTE_IT}, or start a mapping on the next line"
            return self._say('": " inside of plain text', self._at, help)
        start = self._at - len(self._before.lstrip())
        help = "give it the indentation of the key that it belongs beside"
        message = "this line is indented deeper than the line above, which has a value already"
        return self._say(message, start, help, self._at - start)

    def _tight_colon_above(self) -> int | None:
        """Where the nearest line above that says something has a colon without a space."""
        end = self._at - len(self._before)
        while end > 0:
            start = self._source.text.rfind("\n", 0, end - 1) + 1
            line = self._source.text[start : end - 1]
            if line.strip() and not line.lstrip().startswith("#"):
                match = _TIGHT_COLON.match(line)
                return start + match.start(1) if match and ": " not in line else None
            end = start
        return None

    def _open_bracket(self) -> Diagnostic:
        opener = self._source.text[self._began : self._began + 1]
        if not self._source.text[self._at :].strip():
            return self._say(f'this "{opener}" is never closed', self._began, help=_CLOSE_IT)
        close = "}" if opener == "{" else "]"
        also = (Label(self._span(self._began), "opened here"),)
        place = Label(self._span(self._at))
        return Diagnostic("AM003", f'expected "," or "{close}"', place, also, _CLOSE_IT)

    def _missing_colon(self) -> Diagnostic:
        end = self._source.text.find("\n", self._began)
        line = self._source.text[self._began : end if end >= 0 else None].rstrip()
        match = _TIGHT_COLON.match(line)
        if match is not None:
            at = self._began + match.start(1)
            return self._say("there is no space behind this colon", at, _SPACE_IT)
        return self._say("there is no colon behind this key", self._began, _SPACE_IT, len(line))

    def _bad_escape(self, slash: int) -> Diagnostic:
        help = "write a backslash as \\\\, or put the text in single quotes"
        if self._source.text[slash + 1 : slash + 3] in ("ud", "uD"):
            help = "YAML writes a character beyond U+FFFF with eight digits: \\U0001F600"
        return self._say("no such escape in double quotes", slash, help, 2)

    def _misplaced(self) -> Diagnostic:
        word = _WORD.match(self._source.text, self._at)
        length = 1 if word is None else len(word.group())
        misfit = "expected key" in self._problem or "<block end>" in self._problem
        if misfit and self._before.strip(" -"):
            return self._say("unexpected text behind a value", self._at, _QUOTE_IT, length)
        if "'-' indicator" in self._problem or "<block end>, but found '?'" in self._problem:
            help = "start it with `- `, or indent it like the key that it belongs beside"
            return self._say("a key between the items of a list", self._at, help, length)
        if misfit:
            help = "lines that belong together start in the same column"
            return self._say("the indentation fits no line above", self._at, help, length)
        if "node content" in self._problem:
            return self._say("expected a value", self._at, _QUOTE_IT)
        return self._say(f"this is no YAML: {self._problem}", self._at, _QUOTE_IT)

    def _say(self, message: str, at: int, help: str | None = None, length: int = 1) -> Diagnostic:
        return Diagnostic("AM003", message, Label(self._span(at, length)), help=help)

    def _span(self, at: int, length: int = 1) -> Span:
        return Span(self._source, at, min(at + length, len(self._source.text)))
