"""Every feature of a compiled client, shown on the shop: typed calls and errors, retries, breaker, progress, pool."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import anyio
from mcp import StdioServerParameters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here

HERE = compile_here(__file__)

from shop_client import (  # the packages exist only now
    CircuitOpenError,
    ClientConfig,
    Courier,
    CourierAddress,
    Declined,
    GatewayBusy,
    Hooks,
    InvalidArguments,
    Line,
    OperationCancelled,
    OutOfStock,
    Pickup,
    RetryableError,
    ShopClient,
    UnknownProduct,
)
from shop_server import build_server
from shop_server.handlers import App
from shop_server.handlers.payments import Gateway

ADDRESS = CourierAddress(street="Storgata 1", city="Oslo", zip="0155")
FAST = ClientConfig(backoff_factor=0.01, backoff="constant")


async def typed_calls() -> None:
    async with ShopClient(build_server()) as shop:
        tea, *_ = await shop.catalog.search("tea", limit=2)
        assert (tea.sku, tea.price, tea.weight) == ("TEA-001", 550, 0.1)
        mug = await shop.catalog.product("MUG-001")
        assert mug.weight is None and mug.sent("weight"), "null is not the same as not there"

        order = await shop.orders.create(
            "Ada", [Line(sku="TEA-001", quantity=2)], Courier(kind="courier", address=ADDRESS)
        )
        assert isinstance(order.delivery, Courier) and order.delivery.address.zip == "0155"
        assert order.total == 1100 and order.note is None and not order.sent("note")

        noted = await shop.orders.annotate(order.id, "ring twice")
        kept = await shop.orders.annotate(order.id)
        assert noted.note == kept.note == "ring twice", "leaving the note out keeps it"

        shelves = await shop.catalog.categories()
        assert [shelf.name for shelf in shelves.children or []] == ["drink", "kitchen", "tea"]
    say("typed calls", "unions, recursion, null and absent survive the round trip")


async def typed_errors() -> None:
    async with ShopClient(build_server()) as shop:
        try:
            await shop.orders.create(
                "Ada", [Line(sku="MUG-001", quantity=9)], Pickup(kind="pickup", store="Oslo")
            )
        except OutOfStock as error:
            assert (error.data.sku, error.data.available) == ("MUG-001", 3)
            assert error.context["operation"] == "create" and error.attempts == 1
        else:
            raise AssertionError("nine mugs are too many")
        try:
            await shop.catalog.product("XXX-999")
        except UnknownProduct as error:
            assert error.data.sku == "XXX-999"
        before = shop.metrics.snapshot().calls
        try:
            await shop.catalog.product("no sku")
        except InvalidArguments as error:
            assert [violation.path for violation in error.violations] == ["sku"]
        assert shop.metrics.snapshot().calls == before + 1
    say("typed errors", "OutOfStock(sku='MUG-001', available=3) was caught as its own class")


async def repeats_what_is_safe() -> None:
    retried: list[str] = []
    hooks = Hooks(on_retry=lambda event: retried.append(event.operation))
    gateway = Gateway(busy=2)
    async with ShopClient(build_server(App(gateway)), FAST, hooks=hooks) as shop:
        assert await shop.payments.rate("EUR") == 1.0
        assert retried == ["rate", "rate"]

        order = await shop.orders.create(
            "Ada", [Line(sku="TEA-002")], Pickup(kind="pickup", store="Oslo")
        )
        gateway.busy = 1
        receipt = await shop.payments.pay(order.id, order.total, "4242424242424242")
        assert receipt.paid == 650 and retried[-1] == "pay", (
            "a write is repeated if its error is declared retryable"
        )
        try:
            await shop.payments.pay(order.id, order.total, "4242424242420000")
        except Declined as error:
            assert error.data.reason == "no_funds" and error.attempts == 1
            assert "4242424242420000" not in repr(error.context), "secrets are not kept"
        gateway.busy = 9
        try:
            await shop.payments.rate("EUR")
        except GatewayBusy as error:
            assert error.attempts == 3
        once = shop.payments.with_options(retry={"retry_count": 1})
        try:
            await once.rate("EUR")
        except GatewayBusy as error:
            assert error.attempts == 1
    say("retries", f"{len(retried)} repeats, only of what is safe; 3 attempts at most")


async def breaks_the_circuit() -> None:
    config = {"retry_count": 1, "breaker_threshold": 3, "breaker_cool_down": 60}
    async with ShopClient(build_server(), config) as shop:
        for _ in range(3):
            with suppress(RetryableError):
                await shop.reports.footfall("south")
        try:
            await shop.reports.footfall("north")
        except CircuitOpenError as error:
            assert error.retry_after > 50
        else:
            raise AssertionError("the breaker must be open")
        assert await shop.catalog.search("tea"), "the other groups go on"
    say("circuit breaker", "open after 3 timeouts; other groups go on")


async def follows_progress() -> None:
    seen: list[float] = []
    async with ShopClient(build_server()) as shop:
        report = await shop.reports.with_options(
            progress=lambda update: seen.append(update.current)
        ).sales("2026-11-01", 20)
        assert len(report.days) == 20 and seen == sorted(seen) and seen[-1] == 20
    say("progress", f"{len(seen)} updates for 20 days")


async def cancels() -> None:
    async with ShopClient(build_server()) as shop:
        ended: list[Exception] = []

        async def report() -> None:
            try:
                await shop.reports.with_options(track="job").sales("2026-01-01", 366)
            except OperationCancelled as error:
                ended.append(error)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(report)
            await anyio.sleep(0.05)
            shop.tracker.cancel("job")
        assert len(ended) == 1 and shop.tracker.progress_of("job")["state"] == "cancelled"
        assert (await shop.catalog.search("pot"))[0].stock == 0, "the session lives on"
    say("cancelling", "a job of 366 days was stopped, and the server was told")


async def shares_connections() -> None:
    environment = {**os.environ, "PYTHONPATH": str(HERE / "server" / "src")}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "shop_server"], env=environment
    )
    async with ShopClient(command, {"pool_size": 4}) as shop:
        async with anyio.create_task_group() as tasks:
            for _ in range(50):
                tasks.start_soon(shop.catalog.search, "tea")
        stats, snapshot = shop.pool_stats, shop.metrics.snapshot()
        assert stats.in_use == 0 and stats.waiters == 0
        assert snapshot.operations["catalog.search"].successes == 50
    say("pool", "50 calls at once to a real process, 4 on their way at most, all leases back")


def say(what: str, how: str) -> None:
    print(f"{what:16} {how}")


async def main() -> None:
    logging.disable(logging.ERROR)
    await typed_calls()
    await typed_errors()
    await repeats_what_is_safe()
    await breaks_the_circuit()
    await follows_progress()
    await cancels()
    await shares_connections()


if __name__ == "__main__":
    anyio.run(main)
