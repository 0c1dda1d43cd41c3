"""When to try again: how long to pause, and the loop that does it."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from .config import Backoff, ClientConfig
from .errors import CircuitOpenError, ClientError, RetryableError, may_repeat

T = TypeVar("T")
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


async def retrying(
    attempt: Callable[[], Awaitable[T]],
    config: ClientConfig,
    sleep: Sleep,
    on_retry: Callable[[Exception, int, float], Awaitable[bool]],
) -> tuple[T, int]:
    """Make attempts until one succeeds, one fails for good, or `retry_count` are made.

    Args:
        on_retry: Told the error, the attempts made and the pause before each further attempt;
            answers whether to make it.

    Returns:
        What the last attempt gave, and how many were made.

    Raises:
        Exception: What the last attempt raised; a `ClientError` says `attempts` in its context.
    """
    made = 0
    while True:
        made += 1
        try:
            return await attempt(), made
        except ClientError as error:
            error.context["attempts"] = made - isinstance(error, CircuitOpenError)
            if made >= config.retry_count or not may_repeat(error):
                raise
            delay = pause(config, made, error)
            if not await on_retry(error, made, delay):
                raise
        await sleep(delay)
