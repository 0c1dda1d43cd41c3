"""Reads Python that is newer than the Python we run on: what its imports are does not hang on that."""

from __future__ import annotations

import ast
import platform
import re
from collections.abc import Iterable, Iterator

_STRING = re.compile(r"""(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|"|')""")
_WORD = re.compile(r"\w+")
_GENERIC = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class|type)[ \t]+\w+[ \t]*(?=\[)", re.M)
_ALIAS = re.compile(r"^([ \t]*type)[ \t](?=[ \t]*\w+[ \t]*=[^=])", re.M)
_HANDLERS = re.compile(r"^([ \t]*except[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)(?=[ \t]*:)", re.M)


def parsed(text: str) -> ast.Module:
    """The syntax tree of a source; every node is where it is in the text.

    Where this Python does not know the syntax of later ones, such as quotes that are used again inside of an f-string
    (PEP 701), parameters of types (PEP 695) or several exceptions without parentheses (PEP 758), such pieces are read
    as something of the same length that says nothing.

    Raises:
        SyntaxError: It is no Python at all.
    """
    try:
        return ast.parse(text)
    except SyntaxError as error:
        try:
            return ast.parse(_plain(text))
        except SyntaxError:
            raise error from None


def imported(nodes: Iterable[ast.AST], package: str) -> Iterator[str]:
    """Everything that a source imports, absolute: modules, and what is taken from them, dotted.

    Args:
        nodes: Its syntax tree's; all but imports are passed over.
        package: The package that it lies in, which relative imports begin at; empty outside of any.
    """
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".") if package else []
            kept = above[: len(above) - node.level + 1] if node.level else []
            module = ".".join([*kept, *([node.module] if node.module else [])])
            if module:
                yield module
            for alias in node.names:
                yield f"{module}.{alias.name}" if module else alias.name


def no_python(error: SyntaxError) -> str:
    """Why a text is no Python."""
    said = f"line {error.lineno}: {error.msg}"
    if error.msg.startswith(("Missing parentheses in call", "multiple exception types")):
        return f"{said} (Python 2)"
    return f"{said} (by Python {'.'.join(platform.python_version_tuple()[:2])})"


def _plain(text: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in _formatted(text):
        pieces += [text[done:start], _blank(text[start:end])]
        done = end
    plain = "".join([*pieces, text[done:]])
    for found in _GENERIC.finditer(plain):
        end = _field_end(plain, found.end() + 1, "", "]")
        if "\n" not in plain[found.end() : end]:
            plain = plain[: found.end()] + " " * (end - found.end()) + plain[end:]
    plain = _HANDLERS.sub(lambda found: found[1] + "_" * len(found[2]), plain)
    return _ALIAS.sub(r"\1_", plain)


def _blank(literal: str) -> str:
    """A text of spaces in the place of a literal, as long and over as many lines; places are counted in bytes."""
    opening = _STRING.match(literal)
    assert opening is not None
    quote = opening["quote"]
    inside = literal[opening.end() : len(literal) - len(quote)]
    lines = ["".join(" " * len(each.encode()) for each in line) for line in inside.split("\n")]
    if len(quote) == 1:
        lines = [*(f"{line[:-1]}\\" for line in lines[:-1]), lines[-1]]
    prefix = "r" if len(opening["prefix"]) == 1 else "br"
    return prefix + quote + "\n".join(lines) + quote


def _formatted(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost f-strings and t-strings of a source begin and end."""
    place = 0
    while place < len(text):
        if text[place] == "#":
            place = _line_end(text, place)
            continue
        found = _STRING.match(text, place)
        if found is not None:
            end = _string_end(text, found)
            if _formats(found["prefix"]) and end <= len(text):
                yield place, end
            place = end
            continue
        word = _WORD.match(text, place)
        place = word.end() if word is not None else place + 1


def _string_end(text: str, opening: re.Match[str]) -> int:
    """Where the string that opens there ends; behind the text if it does not."""
    quote, raw = opening["quote"], "r" in opening["prefix"].lower()
    formats = _formats(opening["prefix"])
    place = opening.end()
    while place < len(text):
        if text.startswith(quote, place):
            return place + len(quote)
        escaped = text[place] == "\\" and not (
            raw and formats and text[place + 1 : place + 2] in "{}"
        )
        if escaped or (formats and text.startswith(("{{", "}}"), place)):
            place += 2
        elif formats and text[place] == "{":
            place = _field_end(text, place + 1, quote)
        else:
            place += 1
    return len(text) + 1


def _field_end(text: str, place: int, quote: str, closing: str = "}") -> int:
    """Where a pair of brackets ends that was opened before: expressions, strings in them, and what formats them.

    Args:
        quote: What ends the f-string that a replacement field lies in; empty outside of any.
        closing: The bracket that ends it.
    """
    depth = 0
    while place < len(text):
        found = _STRING.match(text, place)
        if text[place] == "#":
            place = _line_end(text, place)
        elif found is not None:
            place = _string_end(text, found)
        elif text[place] == ":" and depth == 0 and quote:
            return _format_end(text, place + 1, quote)
        elif text[place] == closing and depth == 0:
            return place + 1
        else:
            depth += (text[place] in "([{") - (text[place] in ")]}")
            word = _WORD.match(text, place)
            place = word.end() if word is not None else place + 1
    return len(text) + 1


def _format_end(text: str, place: int, quote: str) -> int:
    """Where a field ends whose format begins there; fields may lie in the format, too."""
    while place < len(text) and not text.startswith(quote, place):
        if text[place] == "}":
            return place + 1
        place = _field_end(text, place + 1, quote) if text[place] == "{" else place + 1
    return place if place < len(text) else len(text) + 1


def _formats(prefix: str) -> bool:
    return bool({"f", "t"} & set(prefix.lower()))


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
