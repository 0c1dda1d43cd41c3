"""What plain scalars mean: the core schema of YAML 1.2 (section 10.3), less what JSON cannot hold."""

from __future__ import annotations

import math
import re

from ..document import Scalar
from . import limits

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_JSON = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotJson(ValueError):
    """A number that YAML knows and JSON, or any sane reader of it, does not."""


def resolve_plain(text: str) -> Scalar:
    """The value of an unquoted scalar. Raises `NotJson`."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _NO_JSON.fullmatch(text):
        raise NotJson("JSON has no infinity and no NaN")
    return number(text) if _FLOAT.fullmatch(text) else _prefixed(text)


def number(text: str) -> int | float:
    """The value of a decimal number; whole ones stay exact. Raises `NotJson`."""
    _check_length(text)
    if _INT.fullmatch(text):
        return int(text)
    value = float(text)
    if math.isinf(value):
        raise NotJson("the number is too large for a float")
    return value


def _prefixed(text: str) -> Scalar:
    for pattern, base in ((_OCTAL, 8), (_HEX, 16)):
        if pattern.fullmatch(text):
            _check_length(text)
            return int(text[2:], base)
    return text


def _check_length(text: str) -> None:
    if len(text) > limits.DIGITS:
        raise NotJson(f"the number has more than {limits.DIGITS} digits")
