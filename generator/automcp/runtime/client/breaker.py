"""The circuit breaker: after failures in a row, leave the server alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from .errors import CircuitOpenError

Clock: TypeAlias = Callable[[], float]


class CircuitState(StrEnum):
    """`CLOSED`: calls pass. `OPEN`: none does. `HALF_OPEN`: one trial call decides."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class CircuitBreaker:
    """Opens after `threshold` failures in a row, and lets one trial call through `cool_down` seconds later.

    Every call that `admit` lets through must be ended once, by `succeeded`, `failed` or `abandoned`, with
    the ticket that `admit` gave. Calls from before the last change of state have no say any more.
    """

    def __init__(
        self, threshold: int = 5, cool_down: float = 30.0, clock: Clock = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._cool_down = cool_down
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._on_trial = False
        self._era = 0

    @property
    def state(self) -> CircuitState:
        if self._opened_at is None:
            return CircuitState.CLOSED
        return CircuitState.OPEN if self._remaining() > 0 else CircuitState.HALF_OPEN

    @property
    def failures(self) -> int:
        """Failures in a row so far."""
        return self._failures

    def admit(self) -> int:
        """Let a call through; the answer is its ticket.

        Raises:
            CircuitOpenError: The breaker is open, or its trial call is still on its way.
        """
        if self._opened_at is not None:
            remaining = max(self._remaining(), 0.0)
            if remaining > 0 or self._on_trial:
                raise CircuitOpenError(
                    f"circuit open after {self._failures} failures in a row; next try in {remaining:.1f} s",
                    retry_after=remaining,
                )
            self._on_trial = True
        return self._era

    def succeeded(self, ticket: int) -> None:
        """The call reached a server that works."""
        if ticket == self._era:
            self._failures = 0
            if self._opened_at is not None:
                self._change(opened_at=None)

    def failed(self, ticket: int) -> None:
        """The call did not reach the server, or the server does not work."""
        if ticket == self._era:
            self._failures += 1
            if self._on_trial or self._failures >= self._threshold:
                self._change(opened_at=self._clock())

    def abandoned(self, ticket: int) -> None:
        """The call ended without telling anything about the server, as by cancellation."""
        if ticket == self._era:
            self._on_trial = False

    def _change(self, opened_at: float | None) -> None:
        self._opened_at = opened_at
        self._on_trial = False
        self._era += 1

    def _remaining(self) -> float:
        return 0.0 if self._opened_at is None else self._opened_at + self._cool_down - self._clock()
