"""The log where no terminal shows it: in a file, or in a client's window."""

from __future__ import annotations

import logging
import sys

_LINES = "%(asctime)s %(levelname)s %(message)s"


def log_plainly() -> None:
    """Log in lines, with tracebacks as Python writes them, unless stderr is a terminal.

    The SDKs draw boxes if `rich` is installed. Off a terminal these are 80 columns wide, and cut the lines of code that
    they show. Handlers of anybody else's, and all levels, stay as they are.
    """
    if sys.stderr is None or sys.stderr.isatty():
        return
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler).__module__.partition(".")[0] != "rich":
            continue
        plain = logging.StreamHandler()
        plain.setLevel(handler.level)
        plain.setFormatter(logging.Formatter(_LINES))
        root.removeHandler(handler)
        root.addHandler(plain)
