"""Spells values and prose as Python source; whatever the text holds, it stays data."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Mapping

from ...ir.values import Json

WIDTH = 100
"""The longest line of generated code."""

_NARROWEST = 40


def literal(value: Json) -> str:
    """A Python expression for a JSON value, on one line.

    Raises:
        ValueError: A number is NaN or infinite, which JSON has not.
    """
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise ValueError(f"{value} is no JSON number")
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, Mapping):
        members = (f"{quoted(key)}: {literal(member)}" for key, member in value.items())
        return f"{{{', '.join(members)}}}"
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(text: str) -> str:
    """A string literal in double quotes, with escapes for all that does not print."""
    return '"' + _escaped(text).replace('"', '\\"').replace("\n", "\\n") + '"'


def docstring(text: str, indent: int) -> str:
    """A docstring literal for `text`, whose lines after the first are indented by `indent`.

    What it says is `text` but for whitespace: line ends are `\\n`, common indentation goes, tabs
    become spaces, lines lose trailing space, lines that are too long are wrapped.
    """
    lines = _cleaned(text, max(WIDTH - indent, _NARROWEST))
    margin = " " * indent
    safe = [_escaped(line).replace('"""', '\\"\\"\\"') for line in lines]
    if len(safe) <= 1:
        return f'"""{_without_loose_quotes("".join(safe))}"""'
    safe[0] = _without_loose_start(safe[0])
    body = "\n".join(f"{margin}{line}" if line else "" for line in safe[1:])
    return f'"""{safe[0]}\n{body}\n{margin}"""'


def prose(text: str) -> str:
    """`text` as one line: for tables, headers and comments."""
    return " ".join(_printable(text).split())


def markdown(text: str) -> str:
    """`text` as one line of Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|!&])", r"\\\1", prose(text))


def summary(text: str) -> str:
    """The first sentence, or the first paragraph if no sentence ends in it."""
    paragraph = prose(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0])
    found = re.match(r".+?[.!?](?=\s|$)", paragraph)
    return found.group() if found else paragraph


def hanging(name: str, text: str) -> str:
    """An item of a docstring's `Args:`: `name: text`, its further lines indented under it."""
    line = f"{name}: {prose(text)}".rstrip()
    # Nearly all do, and the module that wraps takes its time to find out.
    if len(line) <= WIDTH - 20:
        return f"    {line}"
    lines = textwrap.wrap(
        line,
        WIDTH - 20,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return textwrap.indent("\n".join(lines), "    ")


def _cleaned(text: str, width: int) -> list[str]:
    unified = "\n".join(text.splitlines()).expandtabs(4)
    first, _, rest = unified.partition("\n")
    dedented = [first.strip(), *textwrap.dedent(rest).split("\n")] if rest else [first.strip()]
    lines = [wrapped for line in dedented for wrapped in _wrapped(line.rstrip(), width)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    if lines:
        lines[0] = lines[0].lstrip()
    return lines


def _wrapped(line: str, width: int) -> list[str]:
    # Three quotes at the start and the end of a line that is alone take six columns.
    if len(line) <= width - 6:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line.strip(),
        width - 3,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _without_loose_quotes(line: str) -> str:
    line = _without_loose_start(line)
    before = line.removesuffix('"')
    # After an odd number of backslashes the quote is escaped already.
    backslashes = len(before) - len(before.rstrip("\\"))
    return before + '\\"' if before != line and backslashes % 2 == 0 else line


def _without_loose_start(line: str) -> str:
    return "\\" + line if line.startswith('"') else line


def _escaped(text: str) -> str:
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(_escape(char) for char in text)


def _escape(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if char.isprintable() or char == "\n":
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _printable(text: str) -> str:
    """Separators become spaces; what neither prints nor separates (controls, bidi marks) goes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if _separates(char) else "" for char in text)


def _separates(char: str) -> bool:
    return char in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85" or unicodedata.category(char).startswith("Z")
