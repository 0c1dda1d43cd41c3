"""How calls run: side by side, in time, cancellable, and leaving nothing behind."""

from __future__ import annotations

import asyncio
import threading
import time
from contextvars import ContextVar

import anyio
import anyio.from_thread
import anyio.to_thread
import pytest
from mcp import Client
from sample import state
from sample.contract import Context
from sample.models import Order
from sample_shop import Era, OpenShop

ORDER = {"customer": "Ada", "lines": [{"sku": "tea"}]}
request_name: ContextVar[str] = ContextVar("request_name", default="")


async def test_two_hundred_calls_at_once_each_get_their_own_answer(
    open_shop: OpenShop, era: Era
) -> None:
    async def create(customer: str, **_: object) -> Order:
        await anyio.sleep(0.001 * (hash(customer) % 7))
        return Order(id=customer, lines=[])

    answers: dict[str, object] = {}

    async with Client(open_shop(orders_create=create), mode=era) as client:

        async def order(customer: str) -> None:
            result = await client.call_tool("orders_create", {**ORDER, "customer": customer})
            answers[customer] = result.structured_content

        async with anyio.create_task_group() as tasks:
            for number in range(200):
                tasks.start_soon(order, f"c{number}")
    assert answers == {f"c{n}": {"id": f"c{n}", "lines": []} for n in range(200)}


async def test_plain_handlers_do_not_block_the_loop(open_shop: OpenShop) -> None:
    together = threading.Barrier(3, timeout=5)

    def count(kind: str, context: Context) -> int:
        together.wait()
        return threading.current_thread() is threading.main_thread()

    async with (
        Client(open_shop(catalog_count=count)) as client,
        anyio.create_task_group() as tasks,
    ):
        for _ in range(3):
            tasks.start_soon(client.call_tool, "catalog_count")


async def test_an_async_handler_needs_no_thread(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def find(**_: object) -> list[str]:
        return []

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a thread was asked for")

    monkeypatch.setattr(anyio.to_thread, "run_sync", refuse)
    async with Client(open_shop(catalog_find=find)) as client:
        on_loop = await client.call_tool("catalog_find", {})
        in_thread = await client.call_tool("orders_cancel", {"id": "1"})
    assert (on_loop.is_error, in_thread.is_error) == (False, True)


async def test_a_plain_handler_keeps_the_context_and_reaches_the_loop(open_shop: OpenShop) -> None:
    steps: list[tuple[float, float | None, str | None]] = []

    def create(context: Context, **_: object) -> Order:
        anyio.from_thread.run(context.progress, 1, 2, "half")
        return Order(id=request_name.get(), lines=[])

    async def note(progress: float, total: float | None, message: str | None) -> None:
        steps.append((progress, total, message))

    request_name.set("seen")
    async with Client(open_shop(orders_create=create)) as client:
        result = await client.call_tool("orders_create", ORDER, progress_callback=note)
    assert result.structured_content == {"id": "seen", "lines": []}
    assert steps == [(1, 2, "half")]


async def test_a_hanging_handler_is_given_up_and_cancelled(open_shop: OpenShop, era: Era) -> None:
    cancelled = anyio.Event()

    async def create(**_: object) -> Order:
        try:
            await anyio.sleep_forever()
        finally:
            cancelled.set()
        raise AssertionError

    started = time.monotonic()
    async with Client(open_shop(orders_create=create), mode=era) as client:
        result = await client.call_tool("orders_create", ORDER)
    assert time.monotonic() - started < 3
    assert cancelled.is_set()
    # Creating twice is not creating once, so nothing here invites a repeat.
    message = "orders.create took longer than 0.5 seconds."
    assert result.structured_content == {"error": {"name": "Timeout", "message": message}}


async def test_a_blocked_thread_does_not_delay_the_answer(open_shop: OpenShop) -> None:
    release = threading.Event()

    def create(**_: object) -> Order:
        release.wait(20)
        return Order(id="late", lines=[])

    started = time.monotonic()
    try:
        async with Client(open_shop(orders_create=create)) as client:
            result = await client.call_tool("orders_create", ORDER)
            assert not (await client.call_tool("orders_cancel", {"id": "1"})).is_error
        assert time.monotonic() - started < 5
    finally:
        release.set()
    assert result.structured_content["error"]["name"] == "Timeout"


async def test_a_call_that_the_client_gives_up_is_cancelled(open_shop: OpenShop, era: Era) -> None:
    started, cancelled = anyio.Event(), anyio.Event()

    async def count(**_: object) -> int:
        try:
            started.set()
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            cancelled.set()
            raise
        raise AssertionError

    async with Client(open_shop(catalog_count=count), mode=era) as client:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.call_tool, "catalog_count")
            await started.wait()
            tasks.cancel_scope.cancel()
        with anyio.fail_after(5):
            await cancelled.wait()
        assert not (await client.call_tool("orders_cancel", {"id": "1"})).is_error


async def test_a_client_that_goes_away_ends_its_calls(open_shop: OpenShop, era: Era) -> None:
    started, cancelled = anyio.Event(), anyio.Event()

    async def count(**_: object) -> int:
        try:
            started.set()
            await anyio.sleep_forever()
        finally:
            cancelled.set()
        raise AssertionError

    async with anyio.create_task_group() as tasks:

        async def leave() -> None:
            async with Client(open_shop(catalog_count=count), mode=era) as client:
                await client.call_tool("catalog_count", {})

        tasks.start_soon(leave)
        await started.wait()
        tasks.cancel_scope.cancel()
    with anyio.fail_after(5):
        await cancelled.wait()


async def test_calls_leave_no_tasks_behind(open_shop: OpenShop, era: Era) -> None:
    async def create(customer: str, **_: object) -> Order:
        if customer == "crash":
            raise RuntimeError
        return Order(id="1", lines=[])

    async with Client(open_shop(orders_create=create), mode=era) as client:
        await client.call_tool("orders_create", ORDER)
        before = len(asyncio.all_tasks())
        for number in range(300):
            customer = "crash" if number % 3 == 0 else "Ada"
            await client.call_tool("orders_create", {**ORDER, "customer": customer})
        await anyio.sleep(0.01)
        assert len(asyncio.all_tasks()) == before


async def test_the_lifespan_surrounds_the_calls(open_shop: OpenShop, era: Era) -> None:
    state.EVENTS.clear()
    async with Client(open_shop(), mode=era) as client:
        await client.call_tool("catalog_count", {})
        assert state.EVENTS == ["open EUR"]
    assert state.EVENTS == ["open EUR", "close"]
