"""How long to pause before the next attempt."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from .config import Backoff, ClientConfig
from .errors import RetryableError

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Random: TypeAlias = Callable[[], float]


def constant(factor: float, attempt: int, draw: Random) -> float:
    """Always `factor` seconds."""
    return factor


def exponential(factor: float, attempt: int, draw: Random) -> float:
    """`factor` to the power of the attempts made: 1.5, 2.25, 3.375 … for 1.5."""
    try:
        return factor**attempt
    except OverflowError:
        return float("inf")


def full_jitter(factor: float, attempt: int, draw: Random) -> float:
    """A random part of `exponential`, so that many clients do not come back in step."""
    return exponential(factor, attempt, draw) * draw()


STRATEGIES: dict[Backoff, Callable[[float, int, Random], float]] = {
    "constant": constant,
    "exponential": exponential,
    "full_jitter": full_jitter,
}


def pause(
    config: ClientConfig, attempt: int, error: Exception, draw: Random = random.random
) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 1).

    A server that says how long to wait is waited for, up to `max_delay`.
    """
    delay = STRATEGIES[config.backoff](config.backoff_factor, attempt, draw)
    if isinstance(error, RetryableError) and error.retry_after is not None:
        delay = max(delay, error.retry_after)
    return min(delay, config.max_delay)
