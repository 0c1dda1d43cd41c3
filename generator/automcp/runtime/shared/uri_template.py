"""URI templates (RFC 6570): fills them in, and reads values back out of addresses that they made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias
from urllib.parse import quote, unquote

Value: TypeAlias = str | Sequence[str] | Mapping[str, str]

_RESERVED = ":/?#[]@!$&'()*+,;="
_NAME = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_LITERAL = re.compile(r"[^\x00-\x20\"'<>\\^`{|}\x7f]*")
_MOST_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class _Operator:
    """How the expressions of one operator look (RFC 6570, appendix A)."""

    first: str
    separator: str
    named: bool
    bare: bool
    """Whether a named variable that is empty stands without `=`."""
    reserved: bool


_OPERATORS = {
    "": _Operator("", ",", False, False, False),
    "+": _Operator("", ",", False, False, True),
    "#": _Operator("#", ",", False, False, True),
    ".": _Operator(".", ".", False, False, False),
    "/": _Operator("/", "/", False, False, False),
    ";": _Operator(";", ";", True, True, False),
    "?": _Operator("?", "&", True, False, False),
    "&": _Operator("&", "&", True, False, False),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of an expression.

    Attributes:
        exploded: Whether each of its values stands by itself (`{name*}`).
        prefix: How many characters of it count (`{name:3}`); all, if `None`.
    """

    name: str
    exploded: bool
    prefix: int | None


@dataclass(frozen=True, slots=True)
class _Expression:
    operator: _Operator
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class UriTemplate:
    """A template, taken apart."""

    text: str
    parts: tuple[str | _Expression, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take a template apart. Raises `ValueError` with what is wrong with it."""
        if len(text) > _MOST_CHARACTERS:
            raise ValueError(f"a template has at most {_MOST_CHARACTERS} characters")
        parts: list[str | _Expression] = []
        rest = text
        while rest:
            literal, brace, rest = rest.partition("{")
            if not _LITERAL.fullmatch(literal):
                raise ValueError(f"{literal!r} has a character that a URI cannot hold")
            if literal:
                parts.append(literal)
            if brace:
                inside, end, rest = rest.partition("}")
                if not end:
                    raise ValueError("a `{` has no `}`")
                parts.append(_expression(inside))
        return cls(text, tuple(parts))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables in their order."""
        return tuple(
            variable
            for part in self.parts
            if isinstance(part, _Expression)
            for variable in part.variables
        )

    def expand(self, values: Mapping[str, Value]) -> str:
        """Fill the template in; a variable without a value leaves nothing (RFC 6570, section 3)."""
        return "".join(
            _quoted_literal(part) if isinstance(part, str) else _expanded(part, values)
            for part in self.parts
        )

    def match(self, uri: str) -> dict[str, str | list[str]] | None:
        """The values that make `uri` of the template, decoded; `None` if none do.

        An expression takes as much as it can without the literal that follows it. Exploded variables give
        lists. In time linear in the length of the address for each expression.
        """
        if len(uri) > _MOST_CHARACTERS:
            return None
        values: dict[str, str | list[str]] = {}
        at = 0
        for index, part in enumerate(self.parts):
            if isinstance(part, str):
                literal = _quoted_literal(part)
                if not uri.startswith(literal, at):
                    return None
                at += len(literal)
                continue
            end = _end(self.parts[index + 1 :], uri, at)
            if end is None or not _taken(part, uri[at:end], values):
                return None
            at = end
        return values if at == len(uri) else None


def _expression(inside: str) -> _Expression:
    symbol = inside[:1] if inside[:1] in _OPERATORS and inside else ""
    names = inside[len(symbol) :]
    if not names:
        raise ValueError("`{}` names no variable")
    return _Expression(_OPERATORS[symbol], tuple(_variable(one) for one in names.split(",")))


def _variable(said: str) -> Variable:
    name, colon, length = said.partition(":")
    exploded = name.endswith("*") and not colon
    name = name.removesuffix("*") if exploded else name
    if not _NAME.fullmatch(name):
        raise ValueError(f"{said!r} is no variable")
    if colon and not (length.isdecimal() and length.isascii() and 0 < int(length) < 10_000):
        raise ValueError(f"{said!r} has no length from 1 to 9999")
    return Variable(name, exploded, int(length) if colon else None)


def _expanded(expression: _Expression, values: Mapping[str, Value]) -> str:
    operator = expression.operator
    filled = [
        text
        for variable in expression.variables
        if (text := _filled(variable, values.get(variable.name), operator)) is not None
    ]
    return operator.first + operator.separator.join(filled) if filled else ""


def _filled(variable: Variable, value: Value | None, operator: _Operator) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        cut = value if variable.prefix is None else value[: variable.prefix]
        return _pair(variable.name, _encoded(cut, operator), operator)
    pairs = list(value.items()) if isinstance(value, Mapping) else [("", one) for one in value]
    if not pairs:
        return None
    if not variable.exploded:
        flat = [text for key, one in pairs for text in ((key, one) if key else (one,))]
        return _pair(variable.name, ",".join(_encoded(one, operator) for one in flat), operator)
    return operator.separator.join(
        f"{_encoded(key, operator)}={_encoded(one, operator)}"
        if key
        else _pair(variable.name, _encoded(one, operator), operator)
        for key, one in pairs
    )


def _pair(name: str, text: str, operator: _Operator) -> str:
    if not operator.named:
        return text
    return name if operator.bare and not text else f"{name}={text}"


def _encoded(text: str, operator: _Operator) -> str:
    return _quoted_literal(text) if operator.reserved else quote(text, safe="~")


def _quoted_literal(text: str) -> str:
    """Reserved characters and what is percent-encoded already stay (RFC 6570, section 3.1)."""
    done: list[str] = []
    at = 0
    for escaped in _ESCAPED.finditer(text):
        done += [quote(text[at : escaped.start()], safe=_RESERVED + "~"), escaped[0]]
        at = escaped.end()
    return "".join([*done, quote(text[at:], safe=_RESERVED + "~")])


def _end(following: Sequence[str | _Expression], uri: str, at: int) -> int | None:
    """Where an expression ends: before the next literal, or the first character of the next expression."""
    for index, part in enumerate(following):
        if isinstance(part, str):
            last = index == len(following) - 1
            literal = _quoted_literal(part)
            found = uri.rfind(literal, at) if last else uri.find(literal, at)
            if found < 0 or (last and found + len(literal) != len(uri)):
                return None
            return found
        if part.operator.first:
            found = uri.find(part.operator.first, at)
            return len(uri) if found < 0 else found
    return len(uri)


def _taken(expression: _Expression, text: str, values: dict[str, str | list[str]]) -> bool:
    """Put the values of an expression that reads `text` into `values`; whether it can read so."""
    operator = expression.operator
    if operator.first:
        if not text:
            return True
        if not text.startswith(operator.first):
            return False
        text = text[len(operator.first) :]
    if not operator.reserved and any(one in text for one in "/?#" if one not in _own(operator)):
        return False
    if operator.named:
        return _take_named(expression, text, values)
    return _take_listed(expression, text, values)


def _own(operator: _Operator) -> str:
    return operator.first + operator.separator


def _take_named(expression: _Expression, text: str, values: dict[str, str | list[str]]) -> bool:
    known = {variable.name: variable for variable in expression.variables}
    for piece in text.split(expression.operator.separator) if text else ():
        name, _, value = piece.partition("=")
        variable = known.get(name)
        if variable is None or (name in values and not variable.exploded):
            return False
        if variable.exploded:
            _append(values, name, unquote(value))
        else:
            values[name] = unquote(value)
    return True


def _take_listed(expression: _Expression, text: str, values: dict[str, str | list[str]]) -> bool:
    variables, operator = expression.variables, expression.operator
    (last, *_) = reversed(variables)
    if len(variables) == 1 and not last.exploded:
        # Without explosion a list and a text with commas look alike: it is read as the text.
        if operator.separator != "," and operator.separator in text:
            return False
        if not text and not operator.first:
            return False
        values[last.name] = unquote(text)
        return True
    pieces = text.split(operator.separator)
    if len(pieces) > len(variables) and not last.exploded:
        return False
    for index, piece in enumerate(pieces):
        variable = variables[min(index, len(variables) - 1)]
        if variable.exploded:
            _append(values, variable.name, unquote(piece))
        else:
            values[variable.name] = unquote(piece)
    return True


def _append(values: dict[str, str | list[str]], name: str, value: str) -> None:
    listed = values.setdefault(name, [])
    assert isinstance(listed, list)
    listed.append(value)
