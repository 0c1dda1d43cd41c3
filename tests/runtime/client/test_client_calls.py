"""Calls against scripted servers: answers, errors, repeats, timeouts, recovery."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, assert_type

import anyio
import pytest
from automcp.runtime.client import (
    UNSET,
    AttemptTimeout,
    AutoMCPClient,
    CircuitOpenError,
    CircuitState,
    ClientError,
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
    OperationTimeout,
    ProgressUpdate,
    Recovery,
    ResourceExhaustedError,
    RetryableError,
    ServerFault,
    ServiceBusy,
    ToolError,
    TransportFault,
    UnknownOperation,
)
from automcp.runtime.shared.model import Model
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextContent
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


class Order(Model):
    id: str
    count: int = 1


class Missing(Model):
    sku: str


class OutOfStock(DeclaredError):
    name = "OutOfStock"
    data: Missing

    def __init__(self, message: str = "none left", *, data: Missing) -> None:
        super().__init__(message, data)


class TryLater(DeclaredError):
    name = "TryLater"
    retryable = True


ORDER: Arguments = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "count": {"type": "integer"}},
    "required": ["id"],
}
INPUT: Arguments = {
    "type": "object",
    "properties": {
        "sku": {"type": "string"},
        "note": {"type": "string"},
        "pin": {"type": "string", "maxLength": 4, "writeOnly": True},
    },
    "required": ["sku"],
    "additionalProperties": False,
}
NUMBERS: Arguments = {
    "type": "object",
    "properties": {"result": {"type": "array", "items": {"type": "integer"}}},
    "required": ["result"],
}
TOOLS = [
    tool("shop_buy", INPUT, ORDER),
    tool("shop_look", INPUT, ORDER),
    tool("shop_numbers", None, NUMBERS),
    tool("shop_word"),
    tool("shop_list"),
    tool("shop_drop"),
]
WORD: Arguments = {"type": "object", "properties": {"result": {"type": "string"}}}
SURFACE = compiled(
    TOOLS,
    wrapped=["shop_numbers", "shop_word", "shop_list"],
    outputs={"shop_word": WORD, "shop_list": NUMBERS},
)

BUY = Operation[Order]("buy", tool="shop_buy", returns=Order, errors=(OutOfStock, TryLater))
LOOK = Operation[Order]("look", tool="shop_look", returns=Order, repeatable=True)
NUMBERS_OF = Operation[list[int]]("numbers", tool="shop_numbers", returns=list[int])
WORD_OF = Operation[str]("word", tool="shop_word", returns=str)
LIST_OF = Operation[list[int]]("list", tool="shop_list", returns=list[int])
DROP = Operation[None]("drop", tool="shop_drop")
OPERATIONS = (BUY, LOOK, NUMBERS_OF, WORD_OF, LIST_OF, DROP)

GOOD = data({"id": "7", "count": 2})
BUY_ONE = {"sku": "a"}


class Shop(ErrorHandlingGroup):
    """A group as a generated client has it."""


@asynccontextmanager
async def shop(
    *steps: Step,
    config: Mapping[str, object] | None = None,
    time: Time | None = None,
    hooks: Hooks | None = None,
    **group: Any,
) -> AsyncGenerator[tuple[Shop, Script]]:
    """A group of a connected client, and what its server follows."""
    time = time or Time()
    script = Script(list(steps))
    client = AutoMCPClient(
        "shop",
        {"verify": "strict", **(config or {})},
        server=served(script, TOOLS),
        surface=SURFACE,
        hooks=hooks,
        sleep=time.sleep,
        clock=time,
    )
    async with client:
        yield client.add_group(Shop(client, "shop", OPERATIONS, **group)), script
        assert client.pool_stats.in_use == 0


async def test_a_typed_call_gives_the_type() -> None:
    async with shop(GOOD) as (group, script):
        order = await group.call(BUY, {"sku": "a", "note": UNSET})
    assert_type(order, Order)
    assert order == Order(id="7", count=2)
    assert script.calls == [("shop_buy", {"sku": "a"})]


@pytest.mark.parametrize(
    ("operation", "answer", "value"),
    [
        (NUMBERS_OF, data({"result": [1, 2]}), [1, 2]),
        (NUMBERS_OF, text("[1, 2]"), [1, 2]),
        (LIST_OF, text("[3]"), [3]),
        (WORD_OF, text("[not JSON"), "[not JSON"),
        (DROP, text("done"), None),
    ],
)
async def test_answers_are_unwrapped_and_parsed(
    operation: Operation[Any], answer: CallToolResult, value: object
) -> None:
    async with shop(answer) as (group, _):
        assert await group.call(operation) == value


@pytest.mark.parametrize(
    ("operation", "answer", "words"),
    [
        (BUY, data({"id": 7}), "id must be a string, not the number 7"),
        (BUY, data({}), "id is required but missing"),
        (BUY, text("hello"), "neither structured nor JSON"),
        (NUMBERS_OF, text("NaN"), "neither structured nor JSON"),
        (NUMBERS_OF, text("[" * 100_000), "neither structured nor JSON"),
        (LIST_OF, text('["x"]'), r"result\[0\] must be an integer"),
    ],
)
async def test_an_answer_that_breaks_its_promise_is_refused(
    operation: Operation[Any], answer: CallToolResult, words: str
) -> None:
    async with shop(answer) as (group, script):
        with pytest.raises(InvalidAnswer, match=words):
            await group.call(operation, BUY_ONE if operation is BUY else None)
    assert len(script.calls) == 1


async def test_execute_gives_a_response() -> None:
    async with shop(GOOD, data({"result": [1]})) as (group, _):
        response = await group.execute("buy", BUY_ONE)
        numbers = await group.execute("numbers")
    assert (response.status, response.success, response.attempts) == ("success", True, 1)
    assert response.data == {"id": "7", "count": 2}
    assert numbers.data == [1]


async def test_an_unknown_operation_names_the_nearest() -> None:
    async with shop(GOOD) as (group, script):
        with pytest.raises(
            OperationError, match="has no operation 'bui'; did you mean 'buy'"
        ) as at:
            await group.execute("bui")
        assert isinstance(at.value, UnknownOperation)
    assert script.calls == []


async def test_bad_arguments_are_not_sent_and_secrets_not_told() -> None:
    async with shop(GOOD) as (group, script):
        with pytest.raises(InvalidArguments) as caught:
            await group.call(BUY, {"sku": 5, "pin": "hunter2", "x": 1})
        for odd in ([1], "x", {"sku": {1}}):
            with pytest.raises(InvalidArguments):
                await group.call(BUY, odd)
    error = caught.value
    assert {at.path for at in error.violations} == {"sku", "pin", "x"}
    assert "hunter2" not in str(error) + repr(error.context)
    assert error.context["arguments"] == {"sku": 5, "pin": "<redacted>", "x": 1}
    assert error.context["operation"] == "buy"
    assert error.attempts == 0
    assert script.calls == []


async def test_declared_errors_arrive_as_their_classes() -> None:
    async with shop(failure("OutOfStock", "only 1", data={"sku": "a"})) as (group, script):
        with pytest.raises(OutOfStock, match="only 1") as caught:
            await group.call(BUY, BUY_ONE)
        with pytest.raises(OutOfStock):
            await group.execute("buy", BUY_ONE)
    assert caught.value.data == Missing(sku="a")
    assert caught.value.context["arguments"] == BUY_ONE
    assert len(script.calls) == 2


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (failure("OutOfStock", data={"sku": 5}), InvalidAnswer, "raised OutOfStock with data that"),
        (failure("Odd", "so"), ToolError, "Odd: so"),
        (failure("NotImplemented", "no body"), ToolError, "no body"),
        (failure("InternalError", "failed", reference="r1"), ServerFault, r"\(reference r1\)"),
        (failure("BackendFailed", "git: no"), ToolError, "BackendFailed: git: no"),
        (failure("Timeout", "too slow", retryable=True), OperationTimeout, "outcome unknown"),
        (
            failure("InvalidArguments", "bad", details=[{"path": "a", "message": "is odd"}]),
            InvalidArguments,
            "bad: a is odd",
        ),
        (
            CallToolResult(content=[TextContent(text="oh\x1b[2J")], is_error=True),
            ToolError,
            "oh.x1b",
        ),
        (CallToolResult(content=[], is_error=True), ToolError, "does not say why"),
        (MCPError(-32602, "Unknown tool: shop_buy"), UnknownOperation, "Unknown tool"),
        (MCPError(-32603, "boom"), OperationError, "boom"),
        (closed(), ConnectionError, "Connection closed; outcome unknown"),
    ],
)
async def test_what_is_not_declared_or_not_repeatable_fails_at_once(
    answer: Step, kind: type[ClientError], words: str
) -> None:
    async with shop(answer) as (group, script):
        with pytest.raises(kind, match=words):
            await group.call(BUY, BUY_ONE)
    assert len(script.calls) == 1


@pytest.mark.parametrize(
    ("operation", "answer", "kind"),
    [
        (LOOK, closed(), TransportFault),
        (LOOK, failure("Timeout", "too slow", retryable=True), AttemptTimeout),
        (BUY, failure("Busy", "later", retryable=True), RetryableError),
        (BUY, failure("BackendFailed", "later", retryable=True), RetryableError),
        (BUY, failure("TryLater", "later"), TryLater),
        (BUY, MCPError(-32603, "x", {"httpStatus": 429}), ServiceBusy),
    ],
)
async def test_what_may_be_repeated_is_tried_three_times(
    operation: Operation[Any], answer: Step, kind: type[ClientError]
) -> None:
    time = Time()
    async with shop(answer, time=time) as (group, script):
        with pytest.raises(kind) as caught:
            await group.call(operation, BUY_ONE)
    assert len(script.calls) == 3
    assert time.slept == [1.5, 2.25]
    assert caught.value.attempts == 3


async def test_a_repeat_that_works_hides_the_failures() -> None:
    retried: list[int] = []
    hooks = Hooks(on_retry=lambda event: retried.append(event.attempt))
    async with shop(closed(), closed(), GOOD, hooks=hooks) as (group, script):
        response = await group.execute("look", BUY_ONE)
        stats = group.retry_stats
    assert (response.attempts, response.duration) == (3, 3.75)
    assert (stats.attempts, stats.successes, stats.failures) == (3, 1, 0)
    assert retried == [1, 2]
    assert len(script.calls) == 3


async def test_the_retry_behaviour_of_one_call() -> None:
    time = Time()
    async with shop(closed(), time=time) as (group, script):
        with pytest.raises(RetryableError):
            await group.execute_with_retry("look", BUY_ONE, {"retry_count": 1})
        assert len(script.calls) == 1
        with pytest.raises(RetryableError):
            await group.with_options(retry={"retry_count": 2, "backoff_factor": 3}).call(
                LOOK, BUY_ONE
            )
        assert len(script.calls) == 3
        assert group.retry_stats.failures == 2
        assert group.config.retry_count == 3
    assert time.slept == [3]


async def test_options_that_cannot_be_are_refused() -> None:
    async with shop(GOOD) as (group, _):
        with pytest.raises(ValueError, match="timeout must be above 0"):
            group.with_options(timeout=0)
        with pytest.raises(TypeError, match="no field 'retries'"):
            group.with_options(retry={"retries": 1})


async def test_a_server_that_names_its_pause_is_heeded() -> None:
    busy = MCPError(-32603, "x", {"httpStatus": 503, "retryAfter": 9})
    time = Time()
    async with shop(busy, GOOD, time=time) as (group, _):
        await group.call(BUY, BUY_ONE)
    assert time.slept == [9]


@pytest.mark.parametrize(("operation", "kind"), [(BUY, OperationTimeout), (LOOK, AttemptTimeout)])
async def test_a_hanging_call_ends_and_the_session_lives(
    operation: Operation[Any], kind: type[ClientError]
) -> None:
    ended: list[str] = []

    async def hang(arguments: Arguments) -> CallToolResult:
        try:
            return await hangs(arguments)
        finally:
            ended.append("cancelled")

    async with shop(hang, GOOD, config={"retry_count": 1}) as (group, _):
        with pytest.raises(kind, match=r"no answer within 0.02 s"):
            await group.with_options(timeout=0.02).call(operation, BUY_ONE)
        assert ended == ["cancelled"]
        assert (await group.call(operation, BUY_ONE)).id == "7"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"pool_wait": 0}, "no wait was allowed"),
        ({"pool_wait": 0.01}, r"none came free within 0\.01 s"),
        ({}, r"no connection came free within 0\.02 s"),
    ],
)
async def test_a_busy_pool_refuses_or_times_out(config: Mapping[str, object], words: str) -> None:
    async with (
        shop(hangs, config={"pool_size": 1, "retry_count": 1, **config}) as (group, _),
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(group.outcome, "look", BUY_ONE)
        await anyio.wait_all_tasks_blocked()
        with pytest.raises(ResourceExhaustedError, match=words):
            await group.with_options(timeout=0.02).call(LOOK, BUY_ONE)
        tasks.cancel_scope.cancel()


async def test_cancelling_through_the_tracker_reaches_the_server() -> None:
    ended: list[str] = []

    async def hang(arguments: Arguments) -> CallToolResult:
        try:
            return await hangs(arguments)
        finally:
            ended.append("cancelled")

    async with shop(hang) as (group, _), anyio.create_task_group() as tasks:

        async def call() -> None:
            with pytest.raises(OperationCancelled):
                await group.with_options(track="job").call(BUY, BUY_ONE)

        tasks.start_soon(call)
        await anyio.wait_all_tasks_blocked()
        assert group.client.tracker.cancel("job")
        assert group.client.tracker.get_progress("job")["state"] == "cancelled"
    assert ended == ["cancelled"]


async def test_a_followed_call_ends_in_the_tracker_as_it_ended() -> None:
    seen: list[ProgressUpdate] = []
    async with shop(GOOD, failure("Odd")) as (group, _):
        tracker = group.client.tracker
        await group.with_options(track="a", progress=seen.append).call(BUY, BUY_ONE)
        assert tracker.get_progress("a")["state"] == "succeeded"
        with pytest.raises(ToolError):
            await group.with_options(track="b").call(BUY, BUY_ONE)
        assert tracker.get_progress("b")["state"] == "failed"
    assert [each.state for each in seen] == ["running", "succeeded"]


async def test_the_breaker_stops_retries_and_calls_until_it_has_cooled_down() -> None:
    time = Time()
    config = {"breaker_threshold": 2, "breaker_cool_down": 10}
    async with shop(closed(), closed(), GOOD, time=time, config=config) as (group, script):
        with pytest.raises(TransportFault):
            await group.call(LOOK, BUY_ONE)
        assert len(script.calls) == 2
        with pytest.raises(CircuitOpenError):
            await group.call(LOOK, BUY_ONE)
        assert len(script.calls) == 2
        time.now += 10
        await group.call(LOOK, BUY_ONE)
        assert group.breaker.state is CircuitState.CLOSED


async def test_errors_of_the_spec_do_not_open_the_breaker() -> None:
    async with shop(failure("Odd"), config={"breaker_threshold": 1}) as (group, script):
        for _ in range(3):
            with pytest.raises(ToolError):
                await group.call(BUY, BUY_ONE)
    assert len(script.calls) == 3


async def test_recovery_by_fallback() -> None:
    told: list[FailedCall] = []

    async def fallback(failed: FailedCall) -> Order:
        told.append(failed)
        return Order(id="cached")

    recovery = {ErrorCategory.CONNECTION: Recovery.FALLBACK}
    config = {"breaker_threshold": 100}
    async with shop(closed(), config=config, recovery=recovery, fallback=fallback) as (
        group,
        script,
    ):
        assert await group.call(LOOK, BUY_ONE) == Order(id="cached")
        response = await group.execute("look", BUY_ONE)
    assert response.fallback and response.data == {"id": "cached"} and response.attempts == 3
    assert (told[0].operation, told[0].arguments) == ("look", BUY_ONE)
    assert len(script.calls) == 6


async def test_recovery_by_failing_fast() -> None:
    async with shop(closed(), recovery={ErrorCategory.CONNECTION: Recovery.FAIL_FAST}) as (
        group,
        script,
    ):
        with pytest.raises(TransportFault):
            await group.call(LOOK, BUY_ONE)
    assert len(script.calls) == 1


async def test_recovery_by_reconnecting() -> None:
    busy = failure("Busy", retryable=True)
    for recovery, connections in ((Recovery.RECONNECT, 2), (Recovery.RETRY, 1)):
        async with shop(busy, GOOD, recovery={ErrorCategory.SERVER: recovery}) as (group, _):
            await group.call(BUY, BUY_ONE)
            client = group.client
            assert isinstance(client, AutoMCPClient)
            assert client.pool_stats.created == connections


async def test_outcome_gives_the_error_instead_of_raising_it() -> None:
    async with shop(failure("OutOfStock", data={"sku": "a"})) as (group, _):
        response = await group.outcome("buy", BUY_ONE)
    assert (response.status, response.attempts) == ("error", 1)
    assert isinstance(response.error, OutOfStock)


async def test_hooks_and_metrics_see_every_call() -> None:
    seen: list[str] = []
    hooks = Hooks(
        before=lambda event: seen.append(f"before {event.arguments}"),
        after=lambda event: seen.append(f"after {event.operation} {event.attempts}"),
        on_error=lambda event: seen.append(f"error {event.error}"),
    )
    async with shop(GOOD, failure("Odd", "so"), hooks=hooks) as (group, _):
        await group.call(BUY, {"sku": "a", "pin": "1234"})
        await group.outcome("buy", BUY_ONE)
        await group.outcome("buy")
        numbers = group.client.metrics.snapshot()
    assert seen == [
        "before {'sku': 'a', 'pin': '<redacted>'}",
        "after buy 1",
        "before {'sku': 'a'}",
        "error Odd: so",
        "error invalid arguments: sku is required but missing",
    ]
    assert (numbers.successes, numbers.failures) == (1, 2)
    assert {category for category, _ in numbers.errors} == {"tool", "usage"}


async def test_numbers_equal_a_thousand_mixed_calls() -> None:
    steps: list[Step] = []
    for number in range(1000):
        if number % 10 == 0:
            steps.append(failure("Odd"))
        elif number % 10 == 1:
            steps += [closed(), GOOD]
        else:
            steps.append(GOOD)
    async with shop(*steps) as (group, script):
        for _ in range(1000):
            await group.outcome("look", BUY_ONE)
        stats, numbers = group.retry_stats, group.client.metrics.snapshot()
    assert (stats.attempts, stats.successes, stats.failures) == (1100, 900, 100)
    assert (numbers.calls, numbers.retries) == (1000, 100)
    assert len(script.calls) == 1100
