"""The pool: bounded, fair to cancelled waiters, full again afterwards."""

from __future__ import annotations

import random

import anyio
import pytest
from automcp.runtime.client import ManagedResource, ResourceExhaustedError, ResourcePool


class Thing:
    broken = False


async def make() -> Thing:
    return Thing()


def _pool(size: int) -> ResourcePool[Thing]:
    return ResourcePool(size, factory=make, usable=lambda thing: not thing.broken)


def _full(pool: ResourcePool[Thing]) -> bool:
    return pool.stats.free == pool.stats.size and pool.stats.in_use == 0


async def test_without_a_wait_the_one_too_many_is_refused() -> None:
    pool = ResourcePool(2)
    taken = [await pool.acquire(), await pool.acquire()]
    with pytest.raises(ResourceExhaustedError, match="all 2 pooled resources are in use"):
        await pool.acquire()
    for each in taken:
        await pool.release(each)
    assert pool.stats.free == 2


async def test_a_wait_ends_when_one_is_released_or_time_is_up() -> None:
    pool = _pool(1)
    first = await pool.acquire()
    with pytest.raises(ResourceExhaustedError, match="none came free within"):
        await pool.acquire(timeout=0.01)
    got: list[Thing] = []
    async with anyio.create_task_group() as tasks:

        async def wait() -> None:
            got.append(await pool.acquire(timeout=None))

        tasks.start_soon(wait)
        await anyio.wait_all_tasks_blocked()
        assert pool.stats.waiters == 1
        await pool.release(first)
    assert got == [first]


@pytest.mark.parametrize("cancel_first", [True, False])
async def test_one_cancelled_while_waiting_loses_nothing(cancel_first: bool) -> None:
    pool = _pool(1)
    first = await pool.acquire()

    async def use() -> None:
        async with ManagedResource(pool, timeout=None):
            await anyio.sleep(60)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        # Cancelled and handed the permit in one step, so that the waiter sees both at once.
        if cancel_first:
            tasks.cancel_scope.cancel()
            with anyio.CancelScope(shield=True):
                await pool.release(first)
        else:
            await pool.release(first)
            tasks.cancel_scope.cancel()
    assert _full(pool)
    assert pool.stats.waiters == 0


async def test_a_hundred_tasks_with_failures_and_cancellations_leave_the_pool_full() -> None:
    pool, chance = _pool(5), random.Random(7)
    most = 0

    async def work() -> None:
        nonlocal most
        with anyio.move_on_after(chance.uniform(0.001, 0.05)):
            try:
                async with ManagedResource(pool, timeout=None) as thing:
                    most = max(most, pool.stats.in_use)
                    await anyio.sleep(chance.uniform(0, 0.004))
                    thing.broken = chance.random() < 0.2
                    if chance.random() < 0.3:
                        raise ValueError("inside")
            except ValueError:
                pass

    async with anyio.create_task_group() as tasks:
        for _ in range(100):
            tasks.start_soon(work)
    assert most == 5
    assert _full(pool)
    assert pool.stats.waiters == 0
    assert pool.stats.broken > 0


async def test_resources_are_reused_and_broken_ones_are_not() -> None:
    pool = _pool(3)
    first = await pool.acquire()
    await pool.release(first)
    assert await pool.acquire() is first
    first.broken = True
    await pool.release(first)
    assert await pool.acquire() is not first
    assert (pool.stats.created, pool.stats.broken) == (2, 1)


async def test_a_factory_that_fails_gives_the_permit_back() -> None:
    async def fail() -> Thing:
        raise OSError("no")

    pool = ResourcePool(1, factory=fail)
    for _ in range(3):
        with pytest.raises(OSError, match="no"):
            await pool.acquire()
    assert (pool.stats.free, pool.stats.broken) == (1, 3)


async def test_releasing_more_than_was_taken_is_refused() -> None:
    pool = _pool(1)
    thing = await pool.acquire()
    await pool.release(thing)
    with pytest.raises(ValueError, match="released more often"):
        await pool.release(thing)


async def test_a_managed_resource_is_released_whatever_happens() -> None:
    pool = _pool(1)
    with pytest.raises(KeyError):
        async with ManagedResource(pool):
            raise KeyError
    assert _full(pool)


def test_a_pool_holds_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        ResourcePool(0)


async def test_what_lies_ready_is_taken_and_put_back_without_waiting() -> None:
    pool = _pool(1)
    assert pool.take() is None
    thing = await pool.acquire()
    assert pool.take() is None
    assert pool.put_back(thing)
    assert pool.take() is thing
    got: list[Thing] = []
    async with anyio.create_task_group() as tasks:

        async def wait() -> None:
            got.append(await pool.acquire(timeout=None))

        tasks.start_soon(wait)
        await anyio.wait_all_tasks_blocked()
        assert pool.put_back(thing)
        assert pool.take() is None
    assert got == [thing]
    thing.broken = True
    assert not pool.put_back(thing)
    await pool.release(thing)
    assert not pool.put_back(thing)
    assert pool.take() is None
    assert _full(pool)
    assert pool.stats.broken == 1
