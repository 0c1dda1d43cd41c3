"""Notices servers that pass on to themselves what they are asked: directly, or by starting each other."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

VARIABLE = "MCP_PROXY_DEPTH"
"""Says, in the environment of a server that another one started, how many stand before it."""

DEEPEST = 8

HEADER = "MCP-Proxy"
"""Says, in an HTTP request, which server passes it on: a word that nobody else knows."""


def depth() -> int:
    """How many servers stand before this one, as far as they say so."""
    said = os.environ.get(VARIABLE, "")
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 4 else 0


class Circle:
    """What one server sends along to another, and recognises if it comes back.

    Attributes:
        environment: Of the other server, if it is started.
        headers: Of requests to it, if it is reached over HTTP.
    """

    def __init__(self) -> None:
        before = depth()
        self._word = secrets.token_hex(8)
        self._too_deep = before >= DEEPEST
        self.environment = {VARIABLE: str(before + 1)}
        self.headers = {HEADER: self._word}

    def problem(self, other: str, headers: Mapping[str, str] | None, *, starts: bool) -> str | None:
        """Why a request must not be passed on; `None` if it may.

        Args:
            other: What failures call the other server.
            headers: Of the request; `None` if it did not come over HTTP.
            starts: Whether the other server has to be started for it.
        """
        if starts and self._too_deep:
            return f"{DEEPEST} servers start each other to pass this on: is {other} one of them?"
        if headers is not None and headers.get(HEADER) == self._word:
            return f"{other} is this very server, which cannot pass this on to itself"
        return None
