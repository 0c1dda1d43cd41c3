"""A strict JSON reader (RFC 8259) that remembers where every value stands."""

from __future__ import annotations

import re

from ...text.report import Diagnostic, Label, Report
from ...text.source import Source, Span
from ..document import Node, Scalar
from . import limits
from .collect import add_member
from .scalars import NotJson, number

_SPACE = re.compile(r"[ \t\r\n]*")
_SPACES = " \t\r\n"
_QUOTED = r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"'
_STRING = re.compile(_QUOTED)
_FIRST_KEY = re.compile(rf"[ \t\r\n]*({_QUOTED})[ \t\r\n]*:")
_NEXT_KEY = re.compile(rf"[ \t\r\n]*,[ \t\r\n]*({_QUOTED})[ \t\r\n]*:")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\[^u]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z0-9_.+-]+")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


def read_json(source: Source, report: Report, scale: int = 1) -> Node | None:
    """Read one JSON document; `None` after a finding that nothing can be read behind."""
    try:
        return _Reader(source, report, scale * limits.NODES).document()
    except _Broken as broken:
        report.add(broken.diagnostic)
        return None


class _Broken(Exception):
    def __init__(
        self, message: str, span: Span, help: str | None = None, code: str = "AM004"
    ) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(code, message, Label(span), help=help)


class _Reader:
    """The text and how far it is read."""

    def __init__(self, source: Source, report: Report, most: int) -> None:
        self._most = most
        self._source = source
        self._text = source.text
        self._report = report
        self._holds_halves = _HALF_PAIR.search(source.text) is not None
        self._at = 1 if source.text.startswith("\ufeff") else 0
        self._nodes = 0

    def document(self) -> Node:
        root = self._value(0)
        if self._peek():
            raise self._broken("there is text behind the end of the JSON value")
        return root

    def _value(self, depth: int) -> Node:
        char, start = self._peek(), self._at
        self._nodes += 1
        if depth > limits.DEPTH:
            message = f"values are nested more than {limits.DEPTH} deep"
            raise _Broken(message, self._span(start, start + 1), code="AM005")
        if self._nodes > self._most:
            message = f"the file holds more than {self._most} values"
            raise _Broken(message, self._span(start, start + 1), "split it: see `include`", "AM005")
        if char == '"':
            return self._string()
        if char == "{":
            return self._object(start, depth)
        return self._array(start, depth) if char == "[" else self._word()

    def _object(self, start: int, depth: int) -> Node:
        members: dict[str, tuple[Node, Node]] = {}
        self._at += 1
        while (key := self._key(start, bool(members))) is not None:
            add_member(members, key, self._value(depth + 1), self._report)
        return Node(members, self._span(start, self._at))

    def _key(self, start: int, comma: bool) -> Node | None:
        """The next key, with what stands around it stepped over; `None` behind the last member."""
        match = (_NEXT_KEY if comma else _FIRST_KEY).match(self._text, self._at)
        if match is not None:
            self._at = match.end()
            return self._quoted(match.start(1), match.end(1))
        # The end of the object, or something that is wrong.
        if not self._more("}", start, comma):
            return None
        if self._peek() != '"':
            raise self._broken("expected a key in double quotes")
        self._string()
        self._peek()
        raise self._broken("expected a colon behind the key")

    def _array(self, start: int, depth: int) -> Node:
        items: list[Node] = []
        self._at += 1
        while self._more("]", start, bool(items)):
            items.append(self._value(depth + 1))
        return Node(tuple(items), self._span(start, self._at))

    def _more(self, close: str, start: int, comma: bool) -> bool:
        """Step over `close`, or over the comma in front of the next member."""
        char = self._peek()
        if char == close:
            self._at += 1
            return False
        if comma:
            if not char:
                raise _Broken(
                    f'this "{self._text[start]}" is never closed', self._span(start, start + 1)
                )
            if char != ",":
                raise self._broken(f'expected "," or "{close}"')
            self._at += 1
            if self._peek() == close:
                raise self._broken(f'there is a comma, but nothing between it and the "{close}"')
        return True

    def _string(self) -> Node:
        start = self._at
        match = _STRING.match(self._text, start)
        if match is None:
            span = self._span(start, start + 1)
            text = "a string ends on its own line; write a line end inside it as \\n"
            raise _Broken("this quote is never closed", span, text)
        self._at = match.end()
        return self._quoted(start, self._at)

    def _quoted(self, start: int, end: int) -> Node:
        text, span = self._text[start + 1 : end - 1], Span(self._source, start, end)
        # Only from an escape can half a pair come into it; else it stands in the text itself.
        if "\\" in text or self._holds_halves:
            text = self._unescape(text, span)
        return Node(text, span)

    def _unescape(self, text: str, span: Span) -> str:
        if "\\" in text:
            text = _PAIR.sub(_join_pair, text)
            text = _ESCAPE.sub(lambda match: _unescape_one(match, span), text)
        if _HALF_PAIR.search(text):
            message = "the string holds half of a surrogate pair, which is no character"
            self._report.add(Diagnostic("AM009", message, Label(span)))
            # What follows may print or open what it reads here, so that the half must not go on.
            text = _HALF_PAIR.sub("\ufffd", text)
        return text

    def _word(self) -> Node:
        match = _WORD.match(self._text, self._at)
        if match is None:
            raise self._broken("expected a value")
        word, span = match.group(), self._span(*match.span())
        self._at = match.end()
        if word in _WORDS:
            return Node(_WORDS[word], span)
        if not _NUMBER.fullmatch(word):
            raise _Broken("expected a JSON value", span, "write text in double quotes")
        try:
            return Node(number(word), span)
        except NotJson as problem:
            self._report.add(Diagnostic("AM009", str(problem), Label(span)))
            return Node(0, span)

    def _peek(self) -> str:
        """The next character that is no space, or nothing at the end."""
        char = self._text[self._at : self._at + 1]
        if char not in _SPACES:
            return char
        match = _SPACE.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return self._text[self._at : self._at + 1]

    def _broken(self, message: str) -> _Broken:
        if self._at >= len(self._text):
            message += ", found the end of the file"
        return _Broken(message, self._span(self._at, min(self._at + 1, len(self._text))))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._source, start, end)


def _join_pair(match: re.Match[str]) -> str:
    high, low = match.groups()
    if high is None:
        return match.group()
    return chr(0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00)


def _unescape_one(match: re.Match[str], span: Span) -> str:
    digits, letter = match.groups()
    if digits is not None:
        return chr(int(digits, 16))
    if letter not in _LETTERS:
        raise _Broken(f"JSON knows no escape \\{letter}", span, "write a backslash as \\\\")
    return _LETTERS[letter]
