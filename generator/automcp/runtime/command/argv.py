"""The arguments of a command, of what a caller sent: none can become an option, none can end a text early.

A value that begins with `-` would be read as an option by most programs (CWE-88). It is refused, unless the spec
lets it begin so, or an argument `--` stands before it (POSIX, utility syntax guideline 10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from ..bound.values import spelled
from ..shared.failure import ArgumentError
from ..shared.model import UNSET


def words(**given: object) -> list[str]:
    """An argument for a value, one for each item of a list, none for what was not sent.

    Args:
        given: The value, by its name.

    Raises:
        ArgumentError: It begins with `-`, or is nothing that a command can be given.
    """
    return [_undashed(name, word) for name, word in _words(given)]


def any_words(**given: object) -> list[str]:
    """The same for a value that may begin with `-`."""
    return [word for _, word in _words(given)]


def option(flag: str, /, **given: object) -> list[str]:
    """`flag` in front of each argument; alone if the value is `True`, not at all if it is `False`.

    Raises:
        ArgumentError: As `words`.
    """
    return _flagged(flag, given, words)


def any_option(flag: str, /, **given: object) -> list[str]:
    """The same for a value that may begin with `-`."""
    return _flagged(flag, given, any_words)


def below(**given: object) -> str:
    """A part of a folder's path that leads down.

    Raises:
        ArgumentError: It leads up or elsewhere: it holds `..`, or is absolute.
    """
    ((name, value),) = given.items()
    text = plain(name, value)
    steps = text.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:
        raise ArgumentError(name, "must lead to a folder further down")
    return text


def plain(name: str, value: object) -> str:
    """The text of a value, if an operating system can take it; `""` for what was not sent.

    Raises:
        ArgumentError: It cannot.
    """
    text = written(name, value)
    if "\0" in text:
        raise ArgumentError(name, "must not hold a NUL character")
    return text


def written(name: str, value: object) -> str:
    """The text of a value, which may be anything that UTF-8 can say. Raises `ArgumentError`."""
    try:
        return str(spelled(value) or "")
    except ValueError as error:
        raise ArgumentError(name, f"must not hold this: {error}") from error


def _flagged(flag: str, given: Mapping[str, object], spell: Callable[..., list[str]]) -> list[str]:
    (value,) = given.values()
    if isinstance(value, bool):
        return [flag] if value else []
    return [word for one in spell(**given) for word in (flag, one)]


def _words(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        items = cast("list[object]", value) if isinstance(value, list | tuple) else [value]
        for item in items:
            if item is not None and item is not UNSET:
                yield name, plain(name, item)


def _undashed(name: str, word: str) -> str:
    if word.startswith("-"):
        raise ArgumentError(
            name, "must not begin with `-`: the command would take it for an option"
        )
    return word
