"""The command line. What needs no click is answered before click is imported."""

from __future__ import annotations

import os
import sys

# Not from `typing`, whose import takes as long as half of `automcp --help`; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

UNWRITABLE = 74
"""The exit code where what is to be said cannot be written (`EX_IOERR` of sysexits.h)."""

COMPLETION_VARIABLE = "_AUTOMCP_COMPLETE"
"""Set by a shell that asks click to complete a line."""


def main() -> None:
    """Do what the arguments of this process say; ends it by `SystemExit` unless all is well."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by whoever started this; a file that is opened next must not be taken for it. It stays open as long as
            # the process, and `pathlib` would slow every start.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    try:
        _main()
    except KeyboardInterrupt:
        # Before click takes care of it, or after.
        say("interrupted\n", sys.stderr)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if not is_unwritable(error):
            raise
        _give_up(error)


def is_unwritable(error: OSError) -> bool:
    """Whether a standard stream takes no more: errors of files have names."""
    from errno import EFBIG, EIO, ENOSPC

    return error.filename is None and error.errno in (ENOSPC, EIO, EFBIG)


def _give_up(error: OSError) -> NoReturn:
    """End, as nothing can be written."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _drop(stream)
    why = (error.strerror or "it fails").lower()
    try:
        say(f"automcp: the output cannot be written: {why}\n", sys.stderr)
    except OSError:
        _drop(sys.stderr)
    sys.exit(UNWRITABLE)


def _main() -> None:
    from .overview import answer

    arguments = sys.argv[1:]
    if COMPLETION_VARIABLE not in os.environ:
        text = answer(arguments)
        if text is not None:
            say(text, sys.stdout)
            return
        if arguments[:1] == ["generate"] and _say_unchanged(arguments[1:]):
            return
    from .group import automcp

    automcp(prog_name="automcp", obj=tuple(arguments[1:]))


def _say_unchanged(words: list[str]) -> bool:
    """Answer `automcp generate` if nothing has changed; gives whether that was possible."""
    from .unchanged import answer

    said = answer(words)
    if said is None:
        return False
    for text, stream in zip(said, (sys.stdout, sys.stderr), strict=True):
        say(text, stream)
    return True


def say(text: str, stream: TextIO) -> None:
    """Write to a stream; if nobody reads it any more, end as quietly as click does."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _drop(stream)
        sys.exit(1)


def _drop(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: Python flushes again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
