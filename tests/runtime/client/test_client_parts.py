"""The parts that need no server: configuration, pauses, breaker, progress, metrics, redaction, boundary."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Mapping
from typing import Any

import anyio
import automcp.runtime.client as client_runtime
import pytest
from automcp.runtime.client import (
    AttemptTimeout,
    CircuitBreaker,
    CircuitOpenError,
    CircuitState,
    ClientConfig,
    ClientError,
    ClientMetrics,
    ConnectionError,
    DeclaredError,
    ErrorCategory,
    ExecutionResponse,
    InvalidArguments,
    OperationError,
    OperationState,
    ProgressTracker,
    ProgressUpdate,
    ResourceExhaustedError,
    RetryableError,
    ServiceBusy,
    ToolError,
    categorize,
    execute_with_boundary,
)
from automcp.runtime.client.config import Backoff
from automcp.runtime.client.retry import pause
from automcp.runtime.client.safe import REDACTED, printable, redacted, secret_names
from scripted import Time


def test_the_configuration_has_the_defaults_of_the_design() -> None:
    config = ClientConfig()
    assert (config.timeout, config.retry_count) == (30.0, 3)
    assert (config.backoff_factor, config.pool_size) == (1.5, 10)
    assert ClientConfig.of({"timeout": 30, "retry_count": 3}) == config
    assert ClientConfig.of(None) == config
    assert ClientConfig.of(config) is config


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"time_out": 1}, TypeError, "no field 'time_out'; did you mean 'timeout'"),
        ({"zzz": 1}, TypeError, "no field 'zzz'; known: timeout"),
        ({"timeout": "1"}, TypeError, "timeout must be a number, not str"),
        ({"timeout": True}, TypeError, "timeout must be a number, not bool"),
        ({"timeout": 0}, ValueError, "timeout must be above 0"),
        ({"timeout": float("nan")}, ValueError, "timeout must be finite"),
        ({"retry_count": 0}, ValueError, "retry_count must be at least 1"),
        ({"retry_count": 1.5}, TypeError, "retry_count must be a whole number"),
        ({"pool_wait": -1}, ValueError, "pool_wait must not be negative"),
        ({"verify": "maybe"}, ValueError, "verify must be one of off, warn, strict"),
        ({"backoff": "linear"}, ValueError, "backoff must be one of"),
    ],
)
def test_a_wrong_configuration_is_refused(
    given: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        ClientConfig.of(given)


@pytest.mark.parametrize(
    ("backoff", "pauses"),
    [
        ("exponential", [1.5, 2.25, 3.375, 5.0]),
        ("constant", [1.5, 1.5, 1.5, 1.5]),
        ("full_jitter", [0.75, 1.125, 1.6875, 2.53125]),
    ],
)
def test_pauses_grow_as_the_strategy_says(backoff: Backoff, pauses: list[float]) -> None:
    config = ClientConfig(backoff=backoff, max_delay=5.0)
    error = RetryableError("no")
    assert [pause(config, made, error, lambda: 0.5) for made in (1, 2, 3, 4)] == pauses


def test_a_server_that_names_a_pause_gets_it_up_to_the_limit() -> None:
    config = ClientConfig(max_delay=20.0)
    assert pause(config, 1, ServiceBusy("busy", retry_after=7)) == 7
    assert pause(config, 1, ServiceBusy("busy", retry_after=900)) == 20
    assert pause(ClientConfig(backoff_factor=1e300), 9, RetryableError("no")) == 60


def test_the_breaker_goes_through_all_its_states() -> None:
    time = Time()
    breaker = CircuitBreaker(2, 30.0, time)
    breaker.failed(breaker.admit())
    breaker.succeeded(breaker.admit())
    breaker.failed(breaker.admit())
    assert breaker.state == CircuitState.CLOSED
    straggler = breaker.admit()
    breaker.failed(breaker.admit())
    assert breaker.state == CircuitState.OPEN
    with pytest.raises(CircuitOpenError, match=r"after 2 failures in a row; next try in 30\.0 s"):
        breaker.admit()
    breaker.succeeded(straggler)
    assert breaker.state == CircuitState.OPEN

    time.now += 30
    assert breaker.state == CircuitState.HALF_OPEN
    trial = breaker.admit()
    with pytest.raises(CircuitOpenError):
        breaker.admit()
    breaker.failed(trial)
    assert breaker.state == CircuitState.OPEN

    time.now += 30
    breaker.abandoned(breaker.admit())
    breaker.succeeded(breaker.admit())
    assert breaker.state == CircuitState.CLOSED
    assert breaker.failures == 0


async def test_progress_of_an_operation() -> None:
    time = Time()
    tracker = ProgressTracker(time)
    seen: list[ProgressUpdate] = []
    stop = tracker.subscribe(seen.append)
    await tracker.start_operation("a", total_steps=4)
    await tracker.update_progress("a", 1)
    time.now += 2
    at = tracker.get_progress("a")
    assert (at["progress"], at["current"], at["total"], at["elapsed"]) == (0.25, 1, 4, 2)
    await tracker.update_progress("a", 3)
    tracker.finish("a", OperationState.SUCCEEDED)
    time.now += 5
    assert tracker.get_progress("a")["progress"] == 1
    assert tracker.get_progress("a")["elapsed"] == 2
    assert [(each.current, each.state) for each in seen] == [
        (0, "running"),
        (1, "running"),
        (3, "running"),
        (3, "succeeded"),
    ]
    stop()
    await tracker.start_operation("a")
    assert len(seen) == 4
    assert tracker.get_progress("a")["total"] == 100


async def test_progress_at_the_edges() -> None:
    tracker = ProgressTracker()
    await tracker.start_operation("none", total_steps=0)
    assert tracker.get_progress("none")["progress"] == 1
    with pytest.raises(ValueError, match="running already: none"):
        await tracker.start_operation("none")
    with pytest.raises(KeyError, match="Unknown operation: b"):
        tracker.get_progress("b")
    with pytest.raises(KeyError, match="Unknown operation: b"):
        await tracker.update_progress("b", 1)
    await tracker.update_progress("none", 7)
    assert tracker.get_progress("none")["progress"] == 1
    assert tracker.cancel("none")
    assert not tracker.cancel("none")
    tracker.forget("none")
    with pytest.raises(KeyError):
        tracker.get_progress("none")


async def test_a_subscriber_that_raises_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    tracker = ProgressTracker()
    seen: list[ProgressUpdate] = []

    def raises(update: ProgressUpdate) -> None:
        raise RuntimeError("mine")

    tracker.subscribe(raises)
    tracker.subscribe(seen.append)
    await tracker.start_operation("a")
    assert len(seen) == 1
    assert "a progress subscriber raised" in caplog.text


async def test_common_progress_is_weighted_and_never_goes_back() -> None:
    tracker = ProgressTracker()
    common = tracker.aggregate({"a": 3.0, "b": 1.0})
    assert common.progress == 0
    await tracker.start_operation("a", 10)
    await tracker.update_progress("a", 5)
    assert common.progress == 0.375
    await tracker.update_progress("a", 1)
    assert common.progress == 0.375
    tracker.finish("a", OperationState.SUCCEEDED)
    await tracker.start_operation("b", 2)
    await tracker.update_progress("b", 1)
    assert common.progress == 0.875
    with pytest.raises(ValueError, match="weights"):
        tracker.aggregate({"a": 0})


async def test_many_tasks_may_use_one_tracker() -> None:
    tracker = ProgressTracker()

    async def work(name: str) -> None:
        await tracker.start_operation(name, 20)
        for step in range(1, 21):
            await tracker.update_progress(name, step)
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tasks:
        for number in range(50):
            tasks.start_soon(work, str(number))
    assert all(tracker.get_progress(str(number))["progress"] == 1 for number in range(50))


def test_metrics_count_what_happened() -> None:
    metrics = ClientMetrics()
    metrics.succeeded("g.a", 0.002, 1)
    metrics.succeeded("g.a", 0.2, 3)
    metrics.failed("g.b", 31.0, 2, ErrorCategory.TIMEOUT)
    metrics.failed("g.b", 0.0, 0, ErrorCategory.USAGE)
    metrics.failed("g.b", 0.0, 2, ErrorCategory.TIMEOUT)
    seen = metrics.snapshot()
    metrics.succeeded("g.a", 1, 1)
    assert (seen.calls, seen.successes, seen.failures, seen.retries) == (5, 2, 3, 4)
    assert seen.operations["g.a"].mean_duration == pytest.approx(0.101)
    assert seen.operations["g.a"].histogram[1] == 1
    assert seen.operations["g.b"].histogram[-1] == 1
    assert seen.operations["g.b"].longest == 31.0
    assert seen.top_errors(1) == [(ErrorCategory.TIMEOUT, "g.b", 2)]


@pytest.mark.parametrize(
    ("error", "category"),
    [
        (InvalidArguments("x"), "usage"),
        (DeclaredError("x"), "declared"),
        (ConnectionError("x"), "connection"),
        (AttemptTimeout("x"), "timeout"),
        (TimeoutError(), "timeout"),
        (ServiceBusy("x"), "busy"),
        (ResourceExhaustedError("x"), "exhausted"),
        (CircuitOpenError("x", retry_after=1), "circuit-open"),
        (ToolError("x"), "tool"),
        (OperationError("x"), "server"),
        (asyncio.CancelledError(), "cancelled"),
        (ConnectionRefusedError(), "connection"),
        (ZeroDivisionError(), "unexpected"),
    ],
)
def test_every_error_has_a_category(error: BaseException, category: str) -> None:
    assert categorize(error) == category


def test_the_error_tree() -> None:
    assert client_runtime.ClientConnectionError is ConnectionError
    assert not issubclass(ConnectionError, builtins.ConnectionError)
    error = ClientError("broken", {"operation": "a", "attempts": 2})
    assert (str(error), error.operation, error.attempts) == ("broken", "a", 2)
    assert ClientError("x").context == {}
    for name in ("ConnectionError", "OperationError", "RetryableError", "ResourceExhaustedError"):
        assert issubclass(getattr(client_runtime, name), ClientError)


def test_a_response_says_how_it_went() -> None:
    assert (ExecutionResponse().status, ExecutionResponse().success) == ("success", True)
    failed = ExecutionResponse(error=OperationError("no"))
    assert (failed.status, failed.success) == ("error", False)


SCHEMA: Any = {
    "type": "object",
    "properties": {
        "user": {"type": "string"},
        "pin": {"type": "string", "writeOnly": True},
        "more": {"$ref": "#/$defs/More"},
    },
    "$defs": {
        "More": {"properties": {"word": {"type": "string", "format": "password"}}},
    },
}


def test_secrets_are_found_in_the_schema_and_by_their_names() -> None:
    secrets = secret_names(SCHEMA)
    assert secrets == {"pin", "word"}
    given = {"user": "ann", "pin": "1", "more": [{"word": "w", "apiKey": "k", "max_tokens": 5}]}
    assert redacted(given, secrets) == {
        "user": "ann",
        "pin": REDACTED,
        "more": [{"word": REDACTED, "apiKey": REDACTED, "max_tokens": 5}],
    }
    assert given["pin"] == "1"


def test_words_from_a_server_cannot_drive_a_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\nd") == "a\\x1b[31mb\\u202ec\nd"
    assert len(printable("x" * 10_000)) == 2_000


async def test_the_boundary_turns_any_error_into_one_kind() -> None:
    async def login(user: str, password: str, **more: object) -> None:
        raise ZeroDivisionError("oops")

    with pytest.raises(OperationError, match="oops") as caught:
        await execute_with_boundary(
            login, "ann", "hunter2", token="t", option={"secret": 1, "n": 2}
        )
    context = caught.value.context
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert str(context["function"]).endswith("login")
    assert context["args"] == ("ann", REDACTED)
    assert context["kwargs"] == {"token": REDACTED, "option": {"secret": REDACTED, "n": 2}}
    assert isinstance(context["timestamp"], float)


async def test_the_boundary_lets_results_and_cancellation_pass() -> None:
    async def double(number: int) -> int:
        return number * 2

    async def cancelled() -> None:
        raise asyncio.CancelledError

    def plain(values: Mapping[str, int]) -> int:
        return len(values)

    assert await execute_with_boundary(double, 2) == 4
    assert await execute_with_boundary(plain, {"a": 1}) == 1
    with pytest.raises(asyncio.CancelledError):
        await execute_with_boundary(cancelled)
