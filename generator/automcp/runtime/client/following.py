"""Lets a tracker follow a call, and cancel it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TypeVar

import anyio

from .connection import OnProgress
from .errors import OperationCancelled
from .progress import OperationState, ProgressTracker, Subscriber
from .safe import printable

T = TypeVar("T")

_numbers = count(1)


async def followed(
    tracker: ProgressTracker,
    track: str | None,
    subscriber: Subscriber | None,
    call: Callable[[OnProgress | None], Awaitable[T]],
) -> T:
    """Make a call, followed under the id `track`, or under one of its own for a subscriber alone.

    Raises:
        OperationCancelled: `tracker.cancel` was called with its id.
        ValueError: Another running call has this id.
        Exception: What `call` raises.
    """
    if track is None and subscriber is None:
        return await call(None)
    call_id = track or f"call {next(_numbers)}"
    unsubscribe = None if subscriber is None else tracker.subscribe(subscriber, call_id)
    try:
        with anyio.CancelScope() as scope:
            tracker.attach(call_id, scope.cancel)
            return await _ended(tracker, call_id, call)
        raise OperationCancelled("cancelled through the progress tracker")
    finally:
        if unsubscribe is not None:
            unsubscribe()
        if track is None:
            with suppress(KeyError):
                tracker.forget(call_id)


async def _ended(
    tracker: ProgressTracker, call_id: str, call: Callable[[OnProgress | None], Awaitable[T]]
) -> T:
    state = OperationState.CANCELLED
    try:
        answer = await call(partial(_advance, tracker, call_id))
        state = OperationState.SUCCEEDED
        return answer
    except Exception:
        state = OperationState.FAILED
        raise
    finally:
        # The program may have forgotten the call meanwhile; its answer is not to be lost by that.
        with suppress(KeyError):
            tracker.finish(call_id, state)


async def _advance(
    tracker: ProgressTracker,
    call_id: str,
    progress: float,
    total: float | None,
    message: str | None,
) -> None:
    # A second attempt begins at 0 again, which is not what progress is to look like.
    with suppress(KeyError):
        if progress >= tracker.current(call_id):
            word = None if message is None else printable(message)
            tracker.advance(call_id, progress, total, word)
