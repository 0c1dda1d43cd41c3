"""What the standard streams lead to: colours are only for people."""

from __future__ import annotations

import os

# Not from `typing`, which is slow to import; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads `stream`, so that progress and layout make sense."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour: on a terminal, unless `NO_COLOR` (no-color.org) is set."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def width_of(stream: TextIO) -> int | None:
    """The columns of the terminal that a stream leads to; `None` if nobody looks at it."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if is_terminal(stream) else None
    except (OSError, ValueError):
        return None
