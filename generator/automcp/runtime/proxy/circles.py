"""Notices servers that pass on to themselves what they are asked: directly, over others, or by starting each other."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b

import httpx2

VARIABLE = "MCP_PROXY_DEPTH"
"""Says, in the environment of a server that another one started, how many stand before it."""

DEEPEST = 8
"""How many servers may stand before one."""

HEADER = "MCP-Proxy"
"""Holds, in an HTTP request, a word of each server that passed it on: what it means is known to that server alone."""

_WORDS = re.compile(r"[0-9a-f]{16}(?: [0-9a-f]{16})*")
_LONGEST = 17 * DEEPEST - 1
_words: ContextVar[str] = ContextVar("words", default="")


def depth() -> int:
    """How many servers stand before this one, as far as they say so."""
    said = os.environ.get(VARIABLE, "")
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 4 else 0


class Circle:
    """What one server sends along to another, and recognises if it comes back.

    Attributes:
        environment: Of the other server, if it is started.
    """

    def __init__(self) -> None:
        before = depth()
        self._key = secrets.token_bytes(16)
        self._too_deep = before >= DEEPEST
        self.environment = {VARIABLE: str(before + 1)}

    def problem(
        self, other: str, asked: str, headers: Mapping[str, str] | None, *, starts: bool
    ) -> str | None:
        """Why a request must not be passed on; `None` if it may.

        Args:
            other: What failures call the other server.
            asked: What is asked of it: the tool, the address, the prompt.
            headers: Of the request; `None` if it did not come over HTTP.
            starts: Whether the other server has to be started for it.
        """
        if starts and self._too_deep:
            return f"{DEEPEST} servers start each other to pass this on: is {other} one of them?"
        before = _before(headers)
        if self._word(asked) in before.split():
            return f"{other} leads back to this very server, which asked it the same before"
        if len(before) == _LONGEST:
            return f"{DEEPEST} servers have passed this on already"
        return None

    @contextmanager
    def passing(self, asked: str, headers: Mapping[str, str] | None) -> Generator[None]:
        """What is sent over HTTP meanwhile says who passed it on."""
        token = _words.set(f"{_before(headers)} {self._word(asked)}".strip())
        try:
            yield
        finally:
            _words.reset(token)

    def _word(self, asked: str) -> str:
        return blake2b(asked.encode("utf-8", "replace"), key=self._key, digest_size=8).hexdigest()


class Words(httpx2.Auth):
    """Adds the words to requests: the SDK's transport sends each in the context of who asked for it."""

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """The request, once."""
        if words := _words.get():
            request.headers[HEADER] = words
        yield request


def _before(headers: Mapping[str, str] | None) -> str:
    """The words of the servers before this one, of which callers may say what they like."""
    said = "" if headers is None else headers.get(HEADER) or ""
    return said[:_LONGEST] if _WORDS.fullmatch(said[:_LONGEST]) else ""
