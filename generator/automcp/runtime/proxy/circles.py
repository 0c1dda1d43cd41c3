"""Counts servers that start each other, so that one that is told to start itself comes to an end."""

from __future__ import annotations

import os

VARIABLE = "MCP_PROXY_DEPTH"
"""Says, in the environment of a server that another one started, how many stand before it."""

DEEPEST = 8


def depth() -> int:
    """How many servers stand before this one, as far as they say so."""
    said = os.environ.get(VARIABLE, "")
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 4 else 0
