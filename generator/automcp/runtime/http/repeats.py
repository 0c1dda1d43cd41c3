"""When a request is repeated, and how long to wait before."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import anyio

from .exchange import BrokenOff, Request
from .reply import Reply

PASSING = frozenset((408, 429, 502, 503, 504))
"""Statuses that say that the same request may succeed later."""

REFUSED = frozenset((429, 503))
"""Those of them by which the API says that it has not done anything."""

LONGEST_WAIT = 30.0
"""Seconds. An API that asks for more is not waited for: its caller is told."""

_FIRST_WAIT = 0.25


async def repeated(
    ask: Callable[[Request], Awaitable[Reply]], request: Request, most: int
) -> Reply:
    """The answer to a request that is repeated up to `most` times if it fails for a while and may be repeated.

    Raises:
        BackendError: What the last attempt raised.
    """
    made = 0
    while True:
        try:
            reply = await ask(request)
        except BrokenOff as broken:
            wait = _backoff(made) if broken.again else None
            if wait is None or made >= most or not _in_time(wait):
                raise
        else:
            wait = _wait(reply, made) if request.again and reply.status in PASSING else None
            if wait is None or made >= most or not _in_time(wait):
                return reply
        await anyio.sleep(wait)
        made += 1


def retry_after(
    reply: Reply, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> float | None:
    """Seconds that the answer asks to wait for (RFC 9110, section 10.2.3); `None` if it does not say."""
    said = reply.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:12])
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - now()).total_seconds())


def _wait(reply: Reply, made: int) -> float | None:
    asked = retry_after(reply)
    if asked is None:
        return _backoff(made)
    return asked if asked <= LONGEST_WAIT else None


def _backoff(made: int) -> float:
    """Twice as long each time, less a random part, so that many callers do not come back in step."""
    longest: float = _FIRST_WAIT * 2**made
    return min(LONGEST_WAIT, longest) * random.uniform(0.5, 1.0)


def _in_time(wait: float) -> bool:
    return anyio.current_time() + wait < anyio.current_effective_deadline()
