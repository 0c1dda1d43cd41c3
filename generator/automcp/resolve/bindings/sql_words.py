"""What an SQL statement does, by its first words. A guess that spares a mistake; the database has the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_WRITES = frozenset(
    [
        *("insert", "update", "delete", "replace", "merge", "truncate", "copy", "call"),
        *("create", "alter", "drop", "grant", "revoke", "vacuum", "reindex"),
    ]
)
_IN_FRONT = frozenset(("insert", "update", "delete", "merge"))
_ROWS = frozenset(("select", "values", "table", "pragma", "show", "explain"))
_MAIN = _WRITES | _ROWS
_WORD = re.compile(
    r"""
      --[^\n]*
    | /\* .*? (?: \*/ | \Z )
    | ' [^']* (?: ' | \Z ) | " [^"]* (?: " | \Z ) | ` [^`]* (?: ` | \Z )
    | [A-Za-z_]\w*
    | [()]
    """,
    re.VERBOSE | re.DOTALL,
)
_OTHERS = re.compile(
    r"""
      --[^\n]*
    | /\* .*? (?: \*/ | \Z )
    | ' [^']* (?: ' | \Z ) | " [^"]* (?: " | \Z ) | ` [^`]* (?: ` | \Z )
    | \$ (?P<tag> (?: [^\W\d]\w* )? ) \$ .*? (?: \$ (?P=tag) \$ | \Z )
    | (?P<dollar> \$ \d+ )
    | (?P<sqlite> \? \d* | [@$] \w+ )
    | \w [\w$]*
    """,
    re.VERBOSE | re.DOTALL,
)


def writes(statement: str) -> str | None:
    """The word that says that a statement writes; `None` if it says nothing of that."""
    words = _words(statement)
    main = _main(words)
    if main in _WRITES:
        return main
    # PostgreSQL: `WITH gone AS (DELETE ...) SELECT ...`
    behind = (word for before, word in pairwise(words) if before == "(")
    return next((word for word in behind if word in _IN_FRONT), None)


def gives_rows(statement: str) -> bool:
    """Whether a statement answers with rows, so far as its words tell."""
    words = _words(statement)
    # PostgreSQL: what a procedure gives back is a row.
    return _main(words) not in _WRITES - {"call"} or "returning" in words


def only_reads(statement: str) -> bool:
    """Whether a statement surely changes no rows."""
    return writes(statement) is None and _main(_words(statement)) in ("select", "values", "table")


def says_nothing(statement: str) -> bool:
    """Whether there are only comments, or nothing at all."""
    return not _words(statement)


def numbered(statement: str, *, sqlite: bool) -> Iterator[tuple[int, int]]:
    """Where parameters stand that are no `:name`: `$1`, and what SQLite has besides.

    Args:
        sqlite: Whether the database surely is SQLite's; to PostgreSQL, `?` and `@` are operators.
    """
    for found in _OTHERS.finditer(statement):
        if found["dollar"] or (sqlite and found["sqlite"]):
            yield found.span()


def _words(statement: str) -> list[str]:
    """The words and parentheses of a statement, without texts, quoted names and comments."""
    found = (match.group().lower() for match in _WORD.finditer(statement))
    return [word for word in found if word[0] not in "-/'\"`"]


def _main(words: list[str]) -> str | None:
    """The first word outside parentheses that says what is done."""
    depth = 0
    for word in words:
        if word in "()":
            depth += 1 if word == "(" else -1
        elif depth <= 0 and word in _MAIN:
            return word
    return None
