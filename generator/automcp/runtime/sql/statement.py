"""Finds the named parameters of an SQL statement, and nothing that only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with named parameters: `SELECT title FROM notes WHERE id = :id`.

    Attributes:
        text: As it was written; SQLite takes it as it is.
        names: Of its parameters, each once, in order.
        numbered: The same with `$1` for the first name, `$2` for the second, as PostgreSQL wants it.
        several: Whether another statement follows the first.
    """

    text: str
    names: tuple[str, ...]
    numbered: str
    several: bool


_TOKEN = re.compile(
    r"""
      (?P<skipped>
        --[^\n]*
      | (?<![\w$]) [eE] ' (?: [^'\\] | \\. | '' )* '?    # PostgreSQL: a text in which \' is a quote
      | ' (?: [^'] | '' )* '?
      | " (?: [^"] | "" )* "?
      | ` (?: [^`] | `` )* `?
      | (?<![\w$]) \$ (?P<tag> (?: [^\W\d]\w* )? ) \$ .*? \$ (?P=tag) \$    # PostgreSQL: a text between tags
      | ::
      | \s+
      )
    | (?P<comment> /\* )
    | : (?P<name> [^\W\d]\w* )
    | (?P<end> ; )
    | (?P<other> [\w$]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_COMMENT = re.compile(r"/\*|\*/")


@lru_cache(maxsize=1 << 10)
def statement(text: str) -> Statement:
    """Read a statement of SQLite or PostgreSQL, without judging it.

    Texts, quoted names, comments (nested ones, too) and casts (`::date`) contain no parameters. Of an array, write
    the slice `[1 : n]` with spaces.
    """
    names: dict[str, int] = {}
    numbered: list[str] = []
    at, ended, several = 0, False, False
    while found := _TOKEN.match(text, at):
        at = _behind_comment(text, found.end()) if found["comment"] else found.end()
        if found["name"]:
            numbered.append(f"${names.setdefault(found['name'], len(names) + 1)}")
        else:
            numbered.append(text[found.start() : at])
        several = several or (ended and _says_something(found))
        ended = ended or bool(found["end"])
    return Statement(text, tuple(names), "".join(numbered), several)


def _says_something(found: re.Match[str]) -> bool:
    if skipped := found["skipped"]:
        return not (skipped.isspace() or skipped.startswith("--"))
    return not (found["comment"] or found["end"])


def _behind_comment(text: str, at: int) -> int:
    """Where the comment that begins before `at` ends: PostgreSQL's comments lie in each other."""
    depth = 1
    for found in _IN_COMMENT.finditer(text, at):
        depth += 1 if found[0] == "/*" else -1
        if depth == 0:
            return found.end()
    return len(text)
