"""Runs one handler: in time, off the event loop if it blocks, and with every outcome a value."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import Any, TypeAlias, cast

import anyio
import anyio.to_thread

from .asking import Pause
from .offers import Completion, Operation, Prompt, Resource

AnyOffer: TypeAlias = Operation[Any] | Resource[Any] | Prompt[Any] | Completion[Any]


@dataclass(frozen=True, slots=True)
class Returned:
    """The handler came to its end."""

    value: object


@dataclass(frozen=True, slots=True)
class Raised:
    """The handler failed."""

    error: BaseException


class TimedOut:
    """The handler did not come to its end in time, and was cancelled."""


class Paused:
    """The handler has to wait for answers; it will run again."""


Outcome: TypeAlias = Returned | Raised | TimedOut | Paused
Run: TypeAlias = Callable[..., Awaitable[Outcome]]


def runner(offer: AnyOffer) -> Run:
    """How to run an offer's handler: with what its `call` takes.

    The outcome is a value, except that a cancellation from outside stays a cancellation.
    A plain handler that overstays its time is abandoned: Python cannot stop a thread.
    """
    start = _on_loop(offer) if iscoroutinefunction(offer.handler) else _in_thread(offer)
    timeout = None if isinstance(offer, Completion) else offer.timeout

    async def run(*given: object) -> Outcome:
        try:
            return Returned(await start(*given))
        except BaseException as error:
            if _is_pause(error):
                return Paused()
            if _ends_more_than_the_call(error):
                raise
            return Raised(_sole(error))

    async def run_in_time(*given: object) -> Outcome:
        with anyio.move_on_after(timeout):
            return await run(*given)
        return TimedOut()

    return run if timeout is None else run_in_time


def _ends_more_than_the_call(error: BaseException) -> bool:
    """Whether what a handler raised is not its own affair: Ctrl-C, or that somebody cancels the call.

    `sys.exit()` in a handler is a crash of that handler, not the end of the server. And a handler may
    have awaited something that was cancelled: then nobody cancelled this call, and its caller waits.
    """
    if isinstance(error, anyio.get_cancelled_exc_class()):
        return _being_cancelled()
    return not isinstance(error, (Exception, SystemExit))


def _is_pause(error: BaseException) -> bool:
    """Whether a question ended the run; asked in a task group, it comes in a group."""
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        return all(_is_pause(one) for one in group.exceptions)
    return isinstance(error, Pause)


def _on_loop(offer: AnyOffer) -> Callable[..., Awaitable[object]]:
    return cast("Callable[..., Awaitable[object]]", offer.call)


def _in_thread(offer: AnyOffer) -> Callable[..., Awaitable[object]]:
    async def call(*given: Any) -> object:
        work = partial(offer.call, *given)
        answer = await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        # A plain function may still hand out a coroutine, as decorated ones do.
        return await cast("Awaitable[object]", answer) if isawaitable(answer) else answer

    return call


def _sole(error: BaseException) -> BaseException:
    """What really happened, where a task group wrapped a single failure."""
    while isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        if len(group.exceptions) != 1:
            return group
        error = group.exceptions[0]
    return error


def _being_cancelled() -> bool:
    if anyio.current_effective_deadline() == -math.inf:
        return True
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
