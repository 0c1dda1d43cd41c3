"""What an SQL statement does, by its first words. A guess that spares a mistake; the database has the last word."""

from __future__ import annotations

import re
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
    return _main(words) not in _WRITES or "returning" in words


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
