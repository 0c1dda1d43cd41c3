"""JSON for files that people read, and compare with what was there before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring

from ..ir.values import Json

_WIDTH = 140
"""What fits in it stands on one line."""


def printed(document: Json) -> str:
    """Readable JSON: small things on one line, one line end at the end, and nothing that an editor would not show."""
    return _printed(document, "\n", {}) + "\n"


def printed_lists(document: Mapping[str, Json]) -> str:
    """An object of lists of records, each record on one line, so that a change of one changes one line."""
    members = (f"  {_quoted(key)}: {_lines(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _lines(value: Json) -> str:
    if not (value and isinstance(value, list)):
        return _on_one_line(value, {})
    known: dict[int, str] = {}
    items = ",\n    ".join([_on_one_line(one, known) for one in value])
    return f"[\n    {items}\n  ]"


def _on_one_line(value: Json, known: dict[int, str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if not isinstance(value, dict | list):
        return _scalar(value)
    said = known.get(id(value))
    if said is None:
        said = known[id(value)] = _joined(
            value, [_on_one_line(one, known) for one in _parts(value)]
        )
    return said


def _printed(value: Json, line: str, known: dict[tuple[int, str], str]) -> str:
    """A value as it is printed behind the indentation of `line`, a line end and spaces.

    Args:
        known: What was printed, by identity and `line`: schemas and arguments stand in many places.
    """
    if isinstance(value, str):
        return _quoted(value)
    if not isinstance(value, dict | list):
        return _scalar(value)
    said = known.get((id(value), line))
    if said is None:
        said = known[id(value), line] = _laid_out(value, line, known)
    return said


def _laid_out(
    value: list[Json] | dict[str, Json], line: str, known: dict[tuple[int, str], str]
) -> str:
    below = line + "  "
    parts = [_printed(one, below, known) for one in _parts(value)]
    if sum(map(len, parts)) <= _WIDTH and not any("\n" in part for part in parts):
        said = _joined(value, parts)
        if len(said) + len(line) <= _WIDTH:
            return said
    if isinstance(value, dict):
        parts = [f"{_quoted(key)}: {part}" for key, part in zip(value, parts, strict=True)]
    between = f",{below}"
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return f"{opened}{below}{between.join(parts)}{line}{closed}"


def _parts(value: list[Json] | dict[str, Json]) -> Sequence[Json]:
    return list(value.values()) if isinstance(value, dict) else value


def _joined(value: list[Json] | dict[str, Json], parts: Sequence[str]) -> str:
    """A list or an object on one line."""
    if isinstance(value, list):
        return f"[{', '.join(parts)}]"
    members = [f"{_quoted(key)}: {part}" for key, part in zip(value, parts, strict=True)]
    return f"{{{', '.join(members)}}}"


def _scalar(value: Json) -> str:
    return _WORDS[value] if value is None or isinstance(value, bool) else json.dumps(value)


_WORDS = {None: "null", True: "true", False: "false"}


# Nearly all texts in it are keywords and names, over and over.
@lru_cache(maxsize=1 << 14)
def _quoted(text: str) -> str:
    said = encode_basestring(text)
    if said.isprintable():
        return said
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in said)
