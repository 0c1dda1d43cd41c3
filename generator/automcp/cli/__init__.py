"""The command line. What needs no click is answered before click is imported."""

from __future__ import annotations

import os
import sys

# Not from `typing`, whose import takes as long as half of `automcp --help`; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

COMPLETION_VARIABLE = "_AUTOMCP_COMPLETE"
"""Set by a shell that asks click to complete a line."""


def main() -> None:
    """Do what the arguments of this process say; ends it by `SystemExit` unless all is well."""
    from .overview import answer

    arguments = sys.argv[1:]
    if COMPLETION_VARIABLE not in os.environ:
        text = answer(arguments)
        if text is not None:
            say(text, sys.stdout)
            return
    from .group import automcp

    automcp(prog_name="automcp")


def say(text: str, stream: TextIO) -> None:
    """Write to a stream; if nobody reads it any more, end as quietly as click does."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Python flushes again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        sys.exit(1)
