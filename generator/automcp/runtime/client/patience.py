"""Stops the clock of calls while the server waits for the program, not the program for the server: `Patience`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from math import inf

import anyio


class Patience:
    """The time limits of the calls on their way over one connection, and the questions that stop them.

    Before 2026-07-28 nothing says which call a question belongs to, so it stops them all.
    """

    def __init__(self) -> None:
        self._limits: dict[anyio.CancelScope, float] = {}
        """The seconds that were left of each when the clocks stopped."""
        self._questions = 0

    @contextmanager
    def limiting(self, limit: anyio.CancelScope) -> Generator[None]:
        """Know of a call's time limit for as long as it is on its way."""
        self._limits[limit] = 0.0
        if self._questions:
            self._stop(limit)
        try:
            yield
        finally:
            del self._limits[limit]

    @contextmanager
    def answering(self) -> Generator[None]:
        """Let no time pass for as long as the program answers a question."""
        if not self._questions:
            for limit in self._limits:
                self._stop(limit)
        self._questions += 1
        try:
            yield
        finally:
            self._questions -= 1
            if not self._questions:
                for limit, left in self._limits.items():
                    limit.deadline = anyio.current_time() + left

    def _stop(self, limit: anyio.CancelScope) -> None:
        self._limits[limit] = limit.deadline - anyio.current_time()
        limit.deadline = inf
