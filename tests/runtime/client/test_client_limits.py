"""Time limits that share a timer: late scopes are cancelled, in the order of their ends, and no others."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest
from automcp.runtime.client.limits import TimeLimits

LONG = 60.0


@asynccontextmanager
async def opened() -> AsyncGenerator[TimeLimits]:
    limits = TimeLimits()
    async with anyio.create_task_group() as tasks:
        limits.open(tasks)
        yield limits
        limits.close()


async def cancelled_in_time(limits: TimeLimits, seconds: float) -> bool:
    """Whether a scope is cancelled, in far less than it takes for the test to be given up."""
    with anyio.CancelScope() as scope:
        limits.add(scope, seconds)
        with anyio.move_on_after(5):
            await anyio.sleep_forever()
    limits.remove(scope)
    return scope.cancelled_caught


async def test_what_is_late_is_cancelled() -> None:
    async with opened() as limits:
        assert await cancelled_in_time(limits, 0.01)
        assert await cancelled_in_time(limits, 0.0)


async def test_a_shorter_limit_does_not_wait_for_a_longer_one() -> None:
    async with opened() as limits:
        with anyio.CancelScope() as long:
            limits.add(long, LONG)
            await anyio.wait_all_tasks_blocked()
            assert await cancelled_in_time(limits, 0.01)
        assert not long.cancel_called


async def test_what_was_removed_is_left_alone() -> None:
    async with opened() as limits:
        with anyio.CancelScope() as ended:
            limits.add(ended, 0.01)
            limits.remove(ended)
            assert await cancelled_in_time(limits, 0.02)
        limits.remove(ended)
        assert not ended.cancel_called


async def test_several_end_each_in_its_time() -> None:
    ended: list[float] = []
    async with opened() as limits, anyio.create_task_group() as tasks:

        async def wait(seconds: float) -> None:
            assert await cancelled_in_time(limits, seconds)
            ended.append(seconds)

        for seconds in (0.03, 0.01, 0.05):
            tasks.start_soon(wait, seconds)
    assert ended == [0.01, 0.03, 0.05]


@pytest.mark.parametrize("watching", [True, False])
async def test_closing_waits_for_no_limit(watching: bool) -> None:
    with anyio.fail_after(5):
        async with opened() as limits:
            limits.add(anyio.CancelScope(), LONG)
            if watching:
                await anyio.wait_all_tasks_blocked()


async def test_it_can_be_opened_again() -> None:
    limits = TimeLimits()
    for _ in range(2):
        async with anyio.create_task_group() as tasks:
            limits.open(tasks)
            assert await cancelled_in_time(limits, 0.01)
            limits.add(anyio.CancelScope(), LONG)
            await anyio.wait_all_tasks_blocked()
            limits.close()
