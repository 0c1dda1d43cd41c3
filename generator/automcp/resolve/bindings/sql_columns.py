"""The names of the columns that a statement gives, where its text tells all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

_TOKEN = re.compile(
    r"""
      (?P<skipped> --[^\n]* | /\* .*? (?: \*/ | \Z ) | \s+ )
    | (?P<quoted> ' (?: [^'] | '' )* ' | " (?: [^"] | "" )* " | ` (?: [^`] | `` )* ` )
    | (?P<word> [^\W\d] [\w$]* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ENDS = frozenset(
    (
        *("from", "where", "group", "having", "window", "union", "intersect", "except"),
        *("order", "limit", "offset", "fetch", "for", "into", ";"),
    )
)


def columns_given(statement: str) -> frozenset[str] | None:
    """The names, in lower case; `None` if one of them is anybody's guess (`*`, a value without `AS`)."""
    outer = [*_outer(statement)]
    begins = [at for at, token in enumerate(outer) if token in ("select", "returning")]
    if not begins:
        return None
    listed = takewhile(lambda token: token not in _ENDS, outer[begins[0] + 1 :])
    names = [_name(item) for item in _items([*listed])]
    return None if None in names else frozenset(name for name in names if name)


def _outer(statement: str) -> Iterator[str]:
    """The tokens outside of all parentheses, which are one token each: `()`; words in lower case."""
    depth = 0
    for found in _TOKEN.finditer(statement):
        token = found[0]
        if token == ")":
            depth -= 1
            if depth == 0:
                yield "()"
        depth += token == "("
        if depth == 0 and token != ")" and not found["skipped"]:
            yield token.lower()


def _items(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    item: list[str] = []
    for token in tokens:
        if token == ",":
            yield item
            item = []
        else:
            item.append(token)
    yield item


def _name(item: Sequence[str]) -> str | None:
    match item:
        case [*_, "as", name] if name != "()":
            return _bare(name)
        case [name] | [_, ".", name] | [_, ".", _, ".", name] if _is_name(name):
            return _bare(name)
        case _:
            return None


def _is_name(token: str) -> bool:
    return token[0] in '"`' or (token[0].isidentifier() and token not in ("null", "true", "false"))


def _bare(token: str) -> str:
    quote = token[0]
    return token[1:-1].replace(quote * 2, quote) if quote in "'\"`" else token
