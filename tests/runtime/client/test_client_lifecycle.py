"""Connecting and closing: groups, verification, leaks, and the three kinds of transport."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from automcp.runtime.client import (
    Answered,
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ClientError,
    ClientGroup,
    ConnectionError,
    HttpServer,
    OperationError,
    ProgressUpdate,
    Question,
    ServerFault,
    ServiceBusy,
    SurfaceMismatch,
    TransportFault,
    UnknownOperation,
)
from automcp.runtime.client.http import StatusTransport
from automcp.runtime.client.target import endpoint
from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.server.mcpserver import Context, MCPServer
from mcp.shared.exceptions import MCPError
from mcp_types import (
    HEADER_MISMATCH,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
)
from scripted import Script, Time, closed, compiled, hangs, served, text, tool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from web import over_http

STDIO_SERVER = str(Path(__file__).with_name("stdio_server.py"))


def _demo(lifespan: Any = None) -> MCPServer[Any]:
    server: MCPServer[Any] = MCPServer("demo", lifespan=lifespan)

    @server.tool()
    async def test_op(number: int = 1) -> int:
        """Add one."""
        return number + 1

    @server.tool()
    async def test_steps(context: Context[Any, Any]) -> str:
        """Go in steps."""
        for step in (1, 2, 3):
            await context.report_progress(step, 3, f"step {step}")
        return "done"

    return server


@asynccontextmanager
async def _no_task_left() -> AsyncGenerator[None]:
    before = asyncio.all_tasks()
    yield
    await anyio.sleep(0)
    assert asyncio.all_tasks() <= before


async def test_the_integration_test_of_the_client_design() -> None:
    client = AutoMCPClient("test", {"timeout": 30, "retry_count": 3}, server=_demo())
    async with _no_task_left(), client:
        result = await client.groups["test"].execute("op")
        assert result.success
        assert result.data == {"result": 2}
        pool = vars(client)["_pool"]
        assert pool._available == pool._size


async def test_the_unit_test_of_the_client_design() -> None:
    async with AutoMCPClient("test", ClientConfig(), server=_demo()) as client:
        group = ClientGroup(client, "test-group")
        response = await group.execute("test_op", {"number": 2})
        assert response.status == "success"
        with pytest.raises(OperationError):
            await group.execute("invalid_op")


async def test_groups_are_made_from_the_tools_names() -> None:
    names = ["a_one", "a_two_three", "b.four", "plain", "_odd"]
    server = served(Script([text("x")]), map(tool, names))
    async with AutoMCPClient("rest", server=server) as client:
        known = {name: await _known(group) for name, group in client.groups.items()}
    assert known == {"a": ["one", "two_three"], "b": ["four"], "rest": ["_odd", "plain"]}


async def _known(group: ClientGroup) -> object:
    with pytest.raises(UnknownOperation) as caught:
        await group.execute("?")
    return caught.value.context["known"]


@pytest.mark.parametrize(
    ("hints", "attempts"),
    [
        (None, 1),
        ({"readOnlyHint": True}, 3),
        ({"idempotentHint": True}, 3),
        ({"readOnlyHint": False}, 1),
    ],
)
async def test_without_a_spec_the_servers_hints_say_what_may_be_repeated(
    hints: dict[str, object] | None, attempts: int
) -> None:
    script = Script([closed()])
    server = served(script, [tool("a_b", annotations=hints)])
    async with AutoMCPClient("t", server=server, sleep=Time().sleep) as client:
        await client.groups["a"].outcome("b")
    assert len(script.calls) == attempts


async def test_an_error_in_the_block_stays_what_it_is_and_leaves_nothing() -> None:
    client = AutoMCPClient("t", server=_demo())
    async with _no_task_left():
        with pytest.raises(ZeroDivisionError):
            async with client:
                await client.groups["test"].execute("op")
                raise ZeroDivisionError
    assert client.pool_stats.in_use == 0


async def test_cancelling_the_block_leaves_nothing() -> None:
    client = AutoMCPClient("t", server=served(Script([hangs]), [tool("a_b")]))
    async with _no_task_left():
        with anyio.move_on_after(0.05) as scope:
            async with client:
                await client.groups["a"].execute("b")
        assert scope.cancelled_caught
    assert client.pool_stats.in_use == 0


async def test_a_client_may_be_opened_again_but_not_twice_at_once() -> None:
    client = AutoMCPClient("t", server=_demo())
    for _ in range(2):
        async with client:
            assert (await client.groups["test"].execute("op")).success
            with pytest.raises(RuntimeError, match="is open already"):
                await client.__aenter__()
    with pytest.raises(ConnectionError, match="is not connected; use `async with`"):
        await client.groups["test"].execute("op")


async def test_a_client_without_a_server_says_so() -> None:
    with pytest.raises(ConnectionError, match="has no server to connect to"):
        await AutoMCPClient("t").__aenter__()


@pytest.mark.parametrize("command", [["/nonexistent/program"], [sys.executable, "-c", "pass"]])
async def test_a_server_that_cannot_be_reached_is_named(command: list[str]) -> None:
    async with _no_task_left():
        with pytest.raises(ConnectionError, match=r"cannot connect to|cannot list"):
            async with AutoMCPClient("t", {"timeout": 5}, server=command):
                pytest.fail("connected to nothing")


async def test_verification(caplog: pytest.LogCaptureFixture) -> None:
    old, new = [tool("a_b"), tool("a_gone")], [tool("a_b", {"type": "object", "title": "x"})]

    def client(verify: str) -> AutoMCPClient:
        server = served(Script([text("x")]), new)
        return AutoMCPClient("t", {"verify": verify}, server=server, surface=compiled(old))

    with pytest.raises(SurfaceMismatch, match="not the server that") as caught:
        await client("strict").__aenter__()
    assert "a_gone: the server has no such tool" in str(caught.value)
    assert "a_b: inputSchema changed" in str(caught.value)
    with caplog.at_level(logging.WARNING):
        async with client("off"):
            assert caplog.text == ""
        async with client("warn"):
            assert "a_gone: the server has no such tool" in caplog.text


async def test_progress_of_the_server_reaches_the_program() -> None:
    seen: list[ProgressUpdate] = []
    async with AutoMCPClient("t", server=_demo()) as client:
        await client.groups["test"].with_options(progress=seen.append).execute("steps")
    steps = [(each.current, each.total, each.message) for each in seen if each.message]
    assert steps[:3] == [(1, 3, "step 1"), (2, 3, "step 2"), (3, 3, "step 3")]


def _question() -> InputRequiredResult:
    asked = ElicitRequestFormParams(
        message="Who?",
        requested_schema={"type": "object", "properties": {"name": {"type": "string"}}},
    )
    return InputRequiredResult(
        input_requests={"who": ElicitRequest(params=asked)}, request_state="s1"
    )


def _answer(question: Question) -> Answered:
    return Answered.accept({"name": "Ann"})


ANSWERING = Callbacks(elicit=_answer)


async def test_what_the_server_asks_for_is_sent_with_the_next_round() -> None:
    script = Script([_question(), InputRequiredResult(request_state="s2"), text("hello")])
    server = served(script, [tool("a_b")])
    async with AutoMCPClient("t", server=server, callbacks=ANSWERING) as client:
        assert (await client.groups["a"].execute("b", {"x": 1})).text == "hello"
    rounds = [(each.arguments, each.request_state) for each in script.received]
    assert rounds == [({"x": 1}, None), ({"x": 1}, "s1"), ({"x": 1}, "s2")]
    responses = script.received[1].input_responses
    assert responses is not None
    assert responses["who"] == ElicitResult(action="accept", content={"name": "Ann"})


@pytest.mark.parametrize(
    ("callbacks", "rounds", "words"),
    [(ANSWERING, 11, "asked for input more than 10 times"), (None, 1, "(?i)elicitation|capabilit")],
)
async def test_questions_without_end_or_without_answer_fail(
    callbacks: Callbacks | None, rounds: int, words: str
) -> None:
    script = Script([_question()])
    server = served(script, [tool("a_b")])
    async with AutoMCPClient("t", server=server, callbacks=callbacks) as client:
        with pytest.raises(OperationError, match=words):
            await client.groups["a"].execute("b")
    assert len(script.calls) == rounds


async def test_headers_that_do_not_match_are_learned_from_the_list() -> None:
    script = Script(
        [MCPError(HEADER_MISMATCH, "headers"), text("x"), MCPError(HEADER_MISMATCH, "again")]
    )
    async with AutoMCPClient("t", server=served(script, [tool("a_b")])) as client:
        assert (await client.groups["a"].execute("b")).text == "x"
        assert script.listed == 2
        with pytest.raises(OperationError, match="again"):
            await client.groups["a"].execute("b")
    assert len(script.calls) == 4


async def test_calls_in_parallel_share_one_server_in_memory() -> None:
    started: list[str] = []

    @asynccontextmanager
    async def lifespan(server: MCPServer[None]) -> AsyncGenerator[None]:
        started.append(server.name)
        yield

    async with AutoMCPClient("t", {"pool_size": 4}, server=_demo(lifespan)) as client:
        async with anyio.create_task_group() as tasks:
            for number in range(100):
                tasks.start_soon(client.groups["test"].execute, "op", {"number": number})
        assert client.pool_stats.created <= 4
        assert started == ["demo"]
        assert client.pool_stats.in_use == 0


async def test_a_transport_may_be_given_as_a_function() -> None:
    command = StdioServerParameters(command=sys.executable, args=[STDIO_SERVER])
    async with (
        _no_task_left(),
        AutoMCPClient("t", server=lambda: stdio_client(command)) as client,
    ):
        assert (await client.groups["child"].execute("count")).data == {"result": 1}


async def test_a_process_keeps_its_state_and_is_replaced_when_it_dies() -> None:
    command = [sys.executable, STDIO_SERVER]
    async with _no_task_left(), AutoMCPClient("t", server=command) as client:
        child = client.groups["child"]
        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(child.execute, "count")
        assert (await child.execute("count")).data == {"result": 6}
        with pytest.raises(ConnectionError, match="outcome unknown"):
            await child.execute("die")
        assert (await child.execute("count")).data == {"result": 1}
        assert client.pool_stats.free == 10


async def test_over_http_each_call_at_once_has_a_connection_up_to_the_pool_size() -> None:
    async with (
        over_http(_demo().streamable_http_app()) as running,
        AutoMCPClient("t", {"pool_size": 3}, server=running.url) as client,
    ):
        async with anyio.create_task_group() as tasks:
            for number in range(20):
                tasks.start_soon(client.groups["test"].execute, "op", {"number": number})
        assert client.pool_stats.created == 3
        assert client.metrics.snapshot().successes == 20
        client.reconnect()
        assert (await client.groups["test"].execute("op")).success
        assert client.pool_stats.created == 4


async def test_nothing_behind_a_url_is_a_connection_error() -> None:
    with pytest.raises(ConnectionError, match=r"cannot connect to http://127.0.0.1:1/mcp"):
        async with AutoMCPClient("t", server="http://user:pw@127.0.0.1:1/mcp"):
            pytest.fail("connected to nothing")


class Refusing:
    """An application that answers every request with a status, once it has one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.status: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.status is None:
            await self._app(scope, receive, send)
        else:
            answer = PlainTextResponse("no", self.status, {"retry-after": "3"})
            await answer(scope, receive, send)


@pytest.mark.parametrize(
    ("status", "kind", "pauses"),
    [
        (429, ServiceBusy, [3.0, 3.0]),
        (503, ServiceBusy, [3.0, 3.0]),
        (502, ConnectionError, []),
        (504, ConnectionError, []),
        (500, ServerFault, []),
        (400, OperationError, []),
    ],
)
async def test_an_http_refusal_is_told_by_its_status(
    status: int, kind: type[ClientError], pauses: list[float]
) -> None:
    time, surface = Time(), compiled([tool("a_b")])
    app = _demo().streamable_http_app()
    refusing = Refusing(app)
    async with over_http(refusing) as running:
        client = AutoMCPClient(
            "t",
            {"verify": "warn"},
            server=running.url,
            surface=surface,
            sleep=time.sleep,
            clock=time,
        )
        async with client:
            refusing.status = status
            with pytest.raises(kind):
                await ClientGroup(client, "a").execute("b")
    assert time.slept == pauses


async def test_a_server_that_went_away_may_be_called_again() -> None:
    time = Time()
    async with (
        over_http(_demo().streamable_http_app()) as running,
        AutoMCPClient("t", server=running.url, sleep=time.sleep, clock=time) as client,
    ):
        await running.stop()
        with pytest.raises(TransportFault, match=r"cannot (be reached|connect)"):
            await client.groups["test"].execute("op")
    assert time.slept == [1.5, 2.25]


async def test_only_requests_with_a_call_are_told() -> None:
    transport = StatusTransport(
        httpx2.MockTransport(lambda request: httpx2.Response(503, text="no"))
    )
    async with httpx2.AsyncClient(transport=transport) as client:
        assert (await client.get("http://x/mcp")).text == "no"
        assert (await client.post("http://x/mcp")).json()["error"]["message"] == "HTTP status 503"


@pytest.mark.parametrize(
    ("target", "error"),
    [("python server.py", ValueError), ("ftp://x", ValueError), ([], ValueError), (5, TypeError)],
)
def test_what_cannot_be_a_target(target: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        endpoint(target)


def test_credentials_are_not_shown() -> None:
    server = HttpServer(url="https://ann:pw@x.org/mcp?key=1", headers={"authorization": "s"})
    assert endpoint(server).label == "https://x.org/mcp"
    assert "authorization" not in repr(server)
