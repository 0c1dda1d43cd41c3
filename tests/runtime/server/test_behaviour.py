"""What every server promises, checked under load, over pipes, and in a compiled package."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import automcp
import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.server.offers import Operation
from automcp.runtime.shared.model import Json
from automcp.runtime.shared.surface import Surface
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError
from mcp_types import ElicitRequestParams, ElicitResult
from sample.models import Order
from sample_shop import Era, OpenShop

HERE = Path(__file__).parent
GENERATOR = str(Path(automcp.__file__).parent.parent)
ORDER = {"customer": "Ada", "lines": [{"sku": "tea"}]}


def _usage() -> tuple[int, int]:
    return len(asyncio.all_tasks()), len(list(Path("/proc/self/fd").iterdir()))


async def test_a_thousand_calls_of_every_kind_leave_nothing(open_shop: OpenShop, era: Era) -> None:
    async def create(customer: str, **_: object) -> Any:
        match int(customer) % 5:
            case 0:
                raise RuntimeError("boom")
            case 1:
                return "not an order"
            case 2:
                print("stray", file=sys.stderr)
                return Order(id="1", lines=[])
            case 3:
                await anyio.sleep_forever()
            case _:
                return Order(id="1", lines=[])

    endings: dict[str, int] = {}
    async with Client(open_shop(orders_create=create), mode=era) as client:

        async def call(number: int) -> None:
            if number % 5 == 3 and number % 2:
                with anyio.move_on_after(0.01):
                    await client.call_tool("orders_create", {**ORDER, "customer": str(number)})
                endings["cancelled"] = endings.get("cancelled", 0) + 1
                return
            result = await client.call_tool("orders_create", {**ORDER, "customer": str(number)})
            structured: dict[str, Any] = result.structured_content or {}
            name: str = structured["error"]["name"] if result.is_error else "ok"
            endings[name] = endings.get(name, 0) + 1

        await client.call_tool("orders_cancel", {"id": "1"})
        await call(4)
        before = _usage()
        for start in range(0, 1000, 200):
            with anyio.fail_after(20):
                async with anyio.create_task_group() as tasks:
                    for number in range(start, start + 200):
                        tasks.start_soon(call, number)
        await anyio.sleep(0.05)
        assert _usage() <= before
        assert threading.active_count() < 50
    assert endings == {"ok": 401, "InternalError": 400, "Timeout": 100, "cancelled": 100}


async def test_the_loop_beats_on_while_plain_handlers_block(open_shop: OpenShop) -> None:
    beats: list[float] = []

    def count(**_: object) -> int:
        time.sleep(0.3)
        return 1

    async def beat() -> None:
        while True:
            beats.append(time.monotonic())
            await anyio.sleep(0.01)

    async with (
        Client(open_shop(catalog_count=count)) as client,
        anyio.create_task_group() as background,
    ):
        background.start_soon(beat)
        async with anyio.create_task_group() as calls:
            for _ in range(5):
                calls.start_soon(client.call_tool, "catalog_count")
        background.cancel_scope.cancel()
    # A blocked loop beats before the calls and after them, and not once in between.
    assert len(beats) > 5


@pytest.mark.parametrize("ending", ["well", "crash", "client error"])
async def test_the_lifespan_is_left_however_the_client_goes(ending: str, era: Era) -> None:
    events: list[str] = []

    @asynccontextmanager
    async def lifespan(settings: None) -> AsyncGenerator[list[str]]:
        events.append("open")
        try:
            yield events
        finally:
            events.append("close")

    async def look(arguments: object, context: Any) -> None:
        context.state.append("call")
        if ending == "crash":
            raise RuntimeError

    tool: dict[str, Json] = {"name": "look", "inputSchema": {"type": "object"}}
    surface = Surface({"server": {"name": "bare", "version": "0"}, "tools": [tool]})
    operations = [Operation("look", None, look, handler=look)]
    server = CompiledServer[list[str], None](surface, operations, lifespan=lifespan)

    async def visit() -> None:
        async with Client(server, mode=era) as client:
            result = await client.call_tool("look", {})
            assert result.is_error == (ending == "crash")
            if ending == "client error":
                raise ZeroDivisionError

    if ending == "client error":
        with pytest.raises((ZeroDivisionError, ExceptionGroup)):
            await visit()
    else:
        await visit()
    assert events == ["open", "call", "close"]


_CONTEXT_SERVER = """
import anyio, os
from automcp.runtime.server.questions import Form
from automcp.runtime.shared.model import Model
from automcp.runtime.shared.schema import Schema
from sample.handlers import App
from sample.models import Order
from sample.server import build_server

class Sure(Model):
    sure: bool

FORM = {"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"]}
SURE = Form("sure", "Really?", Schema(FORM), Sure)

async def create(customer, lines, note, remark, context):
    match customer:
        case "progress":
            await context.progress(1, 2, "half")
            return Order(id="ok", lines=[])
        case "log":
            await context.log("warning", {"a": 1})
            return Order(id="ok", lines=[])
        case "ask":
            return Order(id=str((await context.ask(SURE)).content), lines=[])
        case "facts":
            facts = (context.state.stock, context.settings.currency, context.caller, context.headers)
            return Order(id=repr(facts) + str(bool(context.native.request_id)), lines=[])
        case "crash":
            os.write(1, b"")
            print("stray")
            raise RuntimeError("password=hunter2")
    await anyio.sleep_forever()

app = App()
app.orders.create = create
server = build_server(app)

server.run("stdio")
"""


async def _answered(context: Any, params: ElicitRequestParams) -> ElicitResult:
    return ElicitResult(action="accept", content={"sure": True})


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_every_member_of_the_context_works_over_stdio(mode: Era, tmp_path: Path) -> None:
    path = os.pathsep.join((str(HERE), GENERATOR))
    environment = {**os.environ, "PYTHONPATH": path, "SHOP_CURRENCY": "DKK"}
    command = StdioServerParameters(
        command=sys.executable, args=["-c", _CONTEXT_SERVER], env=environment, cwd=tmp_path
    )
    steps, logs = list[object](), list[object]()

    async def step(progress: float, total: float | None, message: str | None) -> None:
        steps.append((progress, total, message))

    async def log(params: Any) -> None:
        logs.append(params.data)

    with (tmp_path / "stderr").open("w+") as stderr:
        async with Client(
            stdio_client(command, errlog=stderr),
            mode=mode,
            logging_callback=log,
            elicitation_callback=_answered,
        ) as client:

            async def ask(what: str, **more: Any) -> Any:
                return await client.call_tool("orders_create", {**ORDER, "customer": what}, **more)

            await ask("progress", progress_callback=step)
            await ask("log", meta={"io.modelcontextprotocol/logLevel": "info"})
            facts = (await ask("facts")).structured_content["id"]
            assert facts == "({'tea': 3}, 'DKK', None, None)True"
            assert (await ask("ask")).structured_content["id"] == "sure=True"
            crash = (await ask("crash")).structured_content["error"]
            assert (await ask("hang")).structured_content["error"]["name"] == "Timeout"
            with pytest.raises(MCPError) as unknown:
                await client.call_tool("orders_burn", {})
        stderr.seek(0)
        logged = stderr.read()
    assert (steps, logs) == ([(1, 2, "half")], [{"a": 1}])
    assert unknown.value.code == -32602
    assert "hunter2" not in json.dumps(crash)
    assert f"[{crash['reference']}]" in logged and "hunter2" in logged


_SPEC = """
automcp: 1
name: desk
version: 1.0.0
description: A desk.
settings:
  first: {type: string, description: One.}
  second: {type: integer, description: Two.}
  third: {type: string, secret: true, description: Three.}
errors:
  Full: {description: The desk is full.}
groups:
  work:
    description: What happens here.
    operations:
      "do":
        description: Do something.
        params: {how: {type: string, description: How.}}
        returns: {type: string}
        errors: [Full]
        timeout: 0.3
"""

_COMPILED = """
import logging, sys, threading, time, asyncio
from pathlib import Path
sys.modules["automcp"] = None
import anyio
from desk_client import DeskClient, Full, OperationTimeout, ServerFault, InvalidArguments
from desk_server import build_server
from desk_server.errors import Full as Raised
from desk_server.settings import Settings
from desk_server._runtime.server.settings import SettingsError

logging.disable(logging.CRITICAL)
calls = 0

class Work:
    async def do_(self, how, context):
        global calls
        calls += 1
        match how:
            case "full": raise Raised()
            case "crash": raise RuntimeError("hunter2")
            case "wrong": return 5
            case "hang": await anyio.sleep_forever()
        return context.settings.first + how
    do = do_

class App:
    work = Work()

def usage():
    return len(asyncio.all_tasks()), len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

async def main():
    try:
        Settings.from_environment({})
    except SettingsError as error:
        print(len(error.problems))
    settings = Settings.from_environment(
        {"DESK_FIRST": "a", "DESK_SECOND": "2", "DESK_THIRD": "hunter2"})
    assert "hunter2" not in repr(settings)
    async with DeskClient(build_server(App(), settings=settings), {"pool_size": 50}) as desk:
        async def one(how, expected):
            try:
                assert await desk.work.do(how) == expected
            except expected if isinstance(expected, type) else () as error:
                assert "hunter2" not in str(error) + repr(error.context)
        kinds = [("x", "ax"), ("full", Full), ("crash", ServerFault), ("wrong", ServerFault), ("hang", OperationTimeout)]
        quiet = desk.work
        await one("x", "ax")
        before = usage()
        quiet.breaker._threshold = 10_000
        for _ in range(5):
            with anyio.fail_after(30):
                async with anyio.create_task_group() as tasks:
                    for number in range(200):
                        tasks.start_soon(one, *kinds[number % 5])
        await anyio.sleep(0.05)
        assert usage() <= before, (before, usage())
        sent = calls
        try:
            await desk.work.do(5)
        except InvalidArguments:
            print("refused", calls - sent)
        seen = desk.metrics.snapshot()
        print(seen.calls, seen.successes, calls, desk.pool_stats.in_use)
anyio.run(main)
"""


@pytest.mark.slow
def test_a_compiled_package_keeps_the_promises_without_automcp(tmp_path: Path) -> None:
    (tmp_path / "desk.yaml").write_text(_SPEC, "utf-8")
    run: Callable[..., Any] = subprocess.run
    with_generator = {**os.environ, "PYTHONPATH": GENERATOR}
    made = run(
        [sys.executable, "-m", "automcp", "generate", "desk.yaml"],
        cwd=tmp_path, env=with_generator, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    sources = {path.parent for path in tmp_path.glob("**/desk_*") if path.is_dir()}
    alone = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sources))}
    ran = run(
        [sys.executable, "-c", _COMPILED],
        cwd=tmp_path, env=alone, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.split(r"\s+", ran.stdout.strip()) == [
        "3", "refused", "0", "1002", "201", "1001", "0",
    ]  # fmt: skip
