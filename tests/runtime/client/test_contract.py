"""What the client promises under strain: no leak, no secret shown, numbers that are true."""

from __future__ import annotations

import asyncio
import builtins
import random
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.runtime.client import (
    AttemptTimeout,
    AutoMCPClient,
    CircuitOpenError,
    ClientError,
    ClientGroup,
    ConnectionError,
    DeclaredError,
    ErrorCategory,
    ErrorHandlingGroup,
    FailedCall,
    Hooks,
    InvalidAnswer,
    InvalidArguments,
    Operation,
    OperationCancelled,
    OperationError,
    OperationState,
    OperationTimeout,
    ProgressTracker,
    ProgressUpdate,
    ResourceExhaustedError,
    ResourcePool,
    RetryableClientGroup,
    RetryableError,
    ServerFault,
    ServiceBusy,
    SurfaceMismatch,
    ToolError,
    TransportFault,
    UnknownOperation,
    categorize,
)
from automcp.runtime.client.categories import RECOVERY, Recovery
from automcp.runtime.client.retry import Sleep
from automcp.runtime.client.safe import secret_names
from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult
from scripted import (
    Arguments,
    Script,
    Step,
    Time,
    closed,
    compiled,
    data,
    failure,
    hangs,
    served,
    text,
    tool,
)

STDIO_SERVER = str(Path(__file__).with_name("stdio_server.py"))
LOOK = Operation[Any]("look", tool="a_look", returns=Any, repeatable=True)


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _client(*steps: Step, sleep: Sleep | None = None, **config: object) -> AutoMCPClient:
    time = Time()
    return AutoMCPClient(
        "t",
        config,
        server=served(Script(list(steps)), [tool("a_look")]),
        surface=compiled([tool("a_look")]),
        sleep=sleep or time.sleep,
        clock=time,
    )


@pytest.mark.parametrize("ending", ["well", "error", "cancel", "timeout", "death"])
async def test_a_process_is_gone_however_the_block_ends(ending: str) -> None:
    command = [sys.executable, STDIO_SERVER]
    async with AutoMCPClient("t", server=command):
        pass
    tasks, descriptors = asyncio.all_tasks(), _descriptors()
    with suppress(ZeroDivisionError, ConnectionError), anyio.move_on_after(20) as scope:
        async with AutoMCPClient("t", server=command) as client:
            child = client.groups["child"]
            await child.execute("count")
            if ending == "error":
                raise ZeroDivisionError
            if ending == "cancel":
                scope.cancel()
                await anyio.sleep(1)
            if ending == "timeout":
                with pytest.raises(ClientError):
                    await child.with_options(timeout=1e-9).execute("count")
            if ending == "death":
                await child.execute("die")
    await anyio.sleep(0.01)
    assert asyncio.all_tasks() <= tasks
    assert _descriptors() <= descriptors


async def test_closing_does_not_wait_for_a_connection_that_never_opens() -> None:
    dialled = 0

    @asynccontextmanager
    async def dial() -> AsyncGenerator[Any]:
        nonlocal dialled
        dialled += 1
        if dialled > 1:
            await anyio.sleep_forever()
        command = StdioServerParameters(command=sys.executable, args=[STDIO_SERVER])
        async with stdio_client(command) as streams:
            yield streams

    failed: list[ClientError] = []
    async with anyio.create_task_group() as tasks, AutoMCPClient("t", server=dial) as client:
        client.reconnect()

        async def call() -> None:
            response = await client.groups["child"].outcome("count")
            assert response.error is not None
            failed.append(response.error)

        tasks.start_soon(call)
        await anyio.wait_all_tasks_blocked()
    assert isinstance(failed[0], ConnectionError)
    assert client.pool_stats.in_use == 0


async def test_who_dials_in_vain_and_who_waits_get_different_errors() -> None:
    dialled = 0

    @asynccontextmanager
    async def dial() -> AsyncGenerator[Any]:
        nonlocal dialled
        dialled += 1
        await anyio.sleep_forever()
        yield

    config = {"pool_size": 1, "timeout": 0.1, "retry_count": 1, "verify": "off"}
    found: list[type[object]] = []
    surface = compiled([tool("a_look")])
    async with AutoMCPClient("t", config, server=dial, surface=surface) as client:
        group = ClientGroup(client, "a", [LOOK])

        async def call(timeout: float) -> None:
            response = await group.with_options(timeout=timeout).outcome("look")
            found.append(type(response.error))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(call, 0.05)
            await anyio.wait_all_tasks_blocked()
            tasks.start_soon(call, 0.3)
    assert found == [AttemptTimeout, AttemptTimeout]
    assert dialled == 2
    assert client.pool_stats.free == 1


async def test_a_storm_of_cancellations_and_failures_never_blocks_the_pool() -> None:
    chance, lived = random.Random(3), 0

    async def make() -> object:
        await anyio.sleep(chance.uniform(0, 0.002))
        if chance.random() < 0.3:
            raise OSError("no")
        return object()

    pool: ResourcePool[object] = ResourcePool(
        4, factory=make, usable=lambda _: chance.random() > 0.2
    )

    async def work() -> None:
        nonlocal lived
        for _ in range(10):
            with anyio.move_on_after(chance.uniform(0, 0.02)), suppress(OSError):
                thing = await pool.acquire(timeout=None)
                try:
                    lived += 1
                    assert pool.stats.in_use <= 4
                    await anyio.sleep(chance.uniform(0, 0.002))
                finally:
                    await pool.release(thing)

    with anyio.fail_after(20):
        async with anyio.create_task_group() as tasks:
            for _ in range(100):
                tasks.start_soon(work)
    assert lived > 50
    assert (pool.stats.free, pool.stats.waiters, pool.stats.in_use) == (4, 0, 0)


@pytest.mark.parametrize("kind", [ClientGroup, RetryableClientGroup, ErrorHandlingGroup])
async def test_three_attempts_with_exact_pauses(kind: type[ClientGroup]) -> None:
    time, script = Time(), Script([closed()])
    server = served(script, [tool("a_look")])
    client = AutoMCPClient(
        "t", server=server, surface=compiled([tool("a_look")]), sleep=time.sleep, clock=time
    )
    async with client:
        group = kind(client, "a", [LOOK])
        with pytest.raises(TransportFault) as caught:
            await group.execute("look")
        if isinstance(group, RetryableClientGroup):
            with pytest.raises(TransportFault):
                await group.execute_with_retry("look", None, {"retry_count": 1})
    assert time.slept == [1.5, 2.25]
    assert caught.value.attempts == 3
    assert len(script.calls) == (3 if kind is ClientGroup else 4)


async def test_an_open_circuit_counts_no_attempt() -> None:
    async with _client(closed(), breaker_threshold=1, retry_count=1) as client:
        group = ErrorHandlingGroup(client, "a", [LOOK])
        await group.outcome("look")
        response = await group.outcome("look")
        assert isinstance(response.error, CircuitOpenError)
        assert (response.attempts, group.retry_stats.attempts) == (0, 1)


async def test_numbers_and_hooks_know_of_cancelled_and_unexpected_ends() -> None:
    ends: list[str] = []
    hooks = Hooks(on_error=lambda event: ends.append(type(event.error).__name__))

    def fallback(failed: FailedCall) -> object:
        raise ZeroDivisionError

    client = AutoMCPClient(
        "t",
        {"retry_count": 1},
        server=served(Script([hangs, closed()]), [tool("a_look")]),
        surface=compiled([tool("a_look")]),
        hooks=hooks,
    )
    async with client:
        recovery = {ErrorCategory.CONNECTION: Recovery.FALLBACK}
        group = ErrorHandlingGroup(client, "a", [LOOK], recovery=recovery, fallback=fallback)
        with anyio.move_on_after(0.05):
            await group.execute("look")
        with pytest.raises(ZeroDivisionError):
            await group.execute("look")
        numbers, stats = client.metrics.snapshot(), group.retry_stats
    assert ends == ["CancelledError", "ZeroDivisionError"]
    assert (numbers.calls, numbers.failures, stats.failures) == (2, 2, 2)
    assert {category for category, _ in numbers.errors} == {"cancelled", "unexpected"}


async def test_one_function_may_follow_many_calls_at_once() -> None:
    seen: list[ProgressUpdate] = []
    async with _client(text("x")) as client:
        group = ClientGroup(client, "a", [LOOK]).with_options(progress=seen.append)
        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(group.execute, "look")
    states = [update.state for update in seen]
    assert states.count(OperationState.RUNNING) == 5
    assert states.count(OperationState.SUCCEEDED) == 5


async def test_a_subscription_ends_alone() -> None:
    tracker, seen = ProgressTracker(), list[ProgressUpdate]()
    stop = tracker.subscribe(seen.append, "a")
    tracker.subscribe(seen.append, "b")
    stop()
    stop()
    await tracker.start_operation("a")
    await tracker.start_operation("b")
    assert [update.operation_id for update in seen] == ["b"]


async def test_forgetting_a_running_call_does_not_cost_its_answer() -> None:
    async def slow(arguments: Arguments) -> CallToolResult:
        await anyio.sleep(0.02)
        return text("there")

    async with _client(slow) as client, anyio.create_task_group() as tasks:

        async def forget() -> None:
            await anyio.sleep(0.01)
            client.tracker.forget("job")

        tasks.start_soon(forget)
        group = ClientGroup(client, "a", [LOOK]).with_options(track="job")
        assert (await group.execute("look")).text == "there"


async def test_common_progress_only_grows_whatever_its_parts_do() -> None:
    tracker, chance = ProgressTracker(), random.Random(1)
    common, before = tracker.aggregate({"a": 5, "b": 1, "c": 0.5}), 0.0
    for name in "abc":
        await tracker.start_operation(name)
    for _ in range(500):
        await tracker.update_progress(chance.choice("abc"), chance.uniform(-10, 120))
        assert before <= common.progress <= 1
        before = common.progress
    assert before > 0.9


PIN = {"type": "string", "format": "password", "maxLength": 4}


@pytest.mark.parametrize(
    "pin",
    [
        PIN,
        {"$ref": "#/$defs/Pin"},
        {"anyOf": [{"$ref": "#/$defs/Pin"}, {"type": "null"}]},
        {"type": "array", "items": {"$ref": "#/$defs/Pin"}},
        {"type": "object", "additionalProperties": PIN},
        {"$ref": "#/$defs/Loop"},
    ],
)
def test_a_secret_is_found_wherever_its_mark_is(pin: dict[str, Any]) -> None:
    loop = {"oneOf": [{"$ref": "#/$defs/Loop"}, {"$ref": "#/$defs/Pin"}]}
    schema: dict[str, Any] = {
        "properties": {"pin": pin, "user": {}},
        "$defs": {"Pin": PIN, "Loop": loop},
    }
    assert secret_names(schema) == {"pin"}


SECRET = "hunter2"
HOLDERS: list[dict[str, Any]] = [
    {"properties": {"pin": PIN}},
    {"properties": {"pin": {"writeOnly": True}}, "minProperties": 3},
    {"properties": {"pin": {"writeOnly": True}}, "not": {"required": ["pin"]}},
    {"oneOf": [{"properties": {"pin": {**PIN, "pattern": "^[0-9]+$"}}}, {"maxProperties": 0}]},
]


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("nested", [False, True])
async def test_no_message_quotes_a_secret(
    holder: dict[str, Any], nested: bool, caplog: pytest.LogCaptureFixture
) -> None:
    schema = {"type": "object", **({"properties": {"in": holder}} if nested else holder)}
    arguments = {"in": {"pin": SECRET}} if nested else {"pin": SECRET}
    shown: list[object] = []
    hooks = Hooks(before=shown.append, on_error=shown.append)
    script = Script([data(arguments)])
    for tools in ([tool("a_look", schema)], [tool("a_look", None, schema)]):
        client = AutoMCPClient(
            "t", server=served(script, tools), surface=compiled(tools), hooks=hooks
        )
        async with client:
            with pytest.raises((InvalidArguments, InvalidAnswer)) as caught:
                await ClientGroup(client, "a", [LOOK]).execute(
                    "look", arguments if "outputSchema" not in tools[0] else None
                )
        error = caught.value
        shown += [error, error.context, getattr(error, "violations", None), str(error)]
    assert SECRET not in repr(shown) + caplog.text
    assert len(script.calls) == 1


async def test_a_server_that_repeats_a_secret_is_not_quoted() -> None:
    schema = {"type": "object", "properties": {"pin": {"writeOnly": True}}}
    details = [{"path": "", "message": f"must not be {SECRET}"}]
    script = Script(
        [
            failure("Odd", data={"pin": SECRET}),
            failure("InvalidArguments", "bad", details=details),
        ]
    )
    tools = [tool("a_look", schema)]
    async with AutoMCPClient("t", server=served(script, tools), surface=compiled(tools)) as client:
        group = ClientGroup(client, "a", [LOOK])
        shown = [await group.outcome("look", {"pin": SECRET}) for _ in range(2)]
    told = [(each.error, str(each.error), each.error and each.error.context) for each in shown]
    assert SECRET not in repr(told)
    call = FailedCall("look", {"pin": SECRET}, ToolError("no"))
    assert SECRET not in repr(call)


CATEGORY_OF: list[tuple[BaseException, str, str]] = [
    (InvalidArguments("x"), "usage", "fail-fast"),
    (UnknownOperation("x"), "usage", "fail-fast"),
    (DeclaredError("x"), "declared", "retry"),
    (OperationTimeout("x"), "timeout", "retry"),
    (AttemptTimeout("x"), "timeout", "retry"),
    (OperationCancelled("x"), "cancelled", "fail-fast"),
    (InvalidAnswer("x"), "answer", "retry"),
    (ToolError("x"), "tool", "retry"),
    (ServerFault("x"), "server", "retry"),
    (ServiceBusy("x"), "busy", "retry"),
    (TransportFault("x"), "connection", "reconnect"),
    (ConnectionError("x"), "connection", "reconnect"),
    (SurfaceMismatch("x"), "connection", "reconnect"),
    (ResourceExhaustedError("x"), "exhausted", "retry"),
    (CircuitOpenError("x", retry_after=1), "circuit-open", "fail-fast"),
    (OperationError("x"), "server", "retry"),
    (RetryableError("x"), "server", "retry"),
    (ClientError("x"), "unexpected", "retry"),
    (asyncio.CancelledError(), "cancelled", "fail-fast"),
    (TimeoutError(), "timeout", "retry"),
    (builtins.ConnectionError(), "connection", "reconnect"),
    (ZeroDivisionError(), "unexpected", "retry"),
]


@pytest.mark.parametrize(("error", "category", "recovery"), CATEGORY_OF)
def test_the_table_of_categories_and_recoveries(
    error: BaseException, category: str, recovery: str
) -> None:
    assert (categorize(error), RECOVERY[categorize(error)]) == (category, recovery)


def test_the_builtin_connection_error_is_not_hidden() -> None:
    names: dict[str, Any] = {}
    exec("from automcp.runtime.client import ClientConnectionError as Ours", names)
    assert names["__builtins__"]["ConnectionError"] is builtins.ConnectionError
    assert names["Ours"] is not builtins.ConnectionError
    assert not issubclass(names["Ours"], OSError)
