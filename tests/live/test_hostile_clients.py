"""What clients may do wrong, tried over HTTP on a server of each SDK: it lives on, and loses nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from .dialects import NEW, RUNS, Server, compiled, free_port, served

HERE = Path(__file__).parent / "behaviour"
BODY_LIMIT = 4 * 1024 * 1024

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: "-".join(run))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    dialect, revision = request.param
    folder = tmp_path_factory.mktemp(dialect)
    package, python = compiled(HERE, "behaviour", dialect, folder)
    port = free_port()
    command = [str(python), "-m", "behaviour_server", "--http", "--port", str(port)]
    with served(command, {"PYTHONPATH": str(package / "src")}, port, revision) as running:
        running.connect({})
        yield running


def call(server: Server, tool: str, number: int = 1, timeout: float = 30, **arguments: Any) -> Any:
    """What a tool answers: the result, or the error."""
    params = {"name": f"things_{tool}", "arguments": arguments}
    return server.ask("tools/call", params, number=number, timeout=timeout)[-1]


def lives(server: Server) -> None:
    """The server still does what it should."""
    assert server.process.poll() is None
    assert call(server, "plain")["result"]["content"][0]["text"] == "thing"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "1.0", "id": 1, "method": "tools/list"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": 5}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body)[:40],
)
def test_what_is_no_message_is_refused(server: Server, body: bytes) -> None:
    # mcp 1 says 500 with an error to what is nested too deeply for its parser.
    assert server.post(body).status_code >= 400
    lives(server)


def test_a_message_with_wrong_metadata_is_refused(server: Server) -> None:
    if not server.modern:
        pytest.skip("earlier revisions have no metadata in each request")
    prefix = "io.modelcontextprotocol"
    wrong: list[dict[str, object]] = [
        {},
        {f"{prefix}/protocolVersion": NEW},
        {f"{prefix}/protocolVersion": 5},
        {f"{prefix}/protocolVersion": "1999-01-01", f"{prefix}/clientCapabilities": {}},
    ]
    for meta in wrong:
        body = {"jsonrpc": "2.0", "id": 7, "method": "tools/list", "params": {"_meta": meta}}
        answer = server.post(body, headers={"mcp-method": "tools/list"})
        assert answer.status_code == 400, (meta, answer.text)
        assert answer.json()["error"]["code"] in (-32602, -32020, -32022), answer.text
    lives(server)


def test_too_much_is_refused(server: Server) -> None:
    answer = server.post({"padding": "x" * BODY_LIMIT})
    assert answer.status_code == 413, answer.text[:200]
    lives(server)


def test_a_client_may_leave_in_the_middle_of_a_call(server: Server) -> None:
    for number in range(5):
        with pytest.raises(httpx2.TimeoutException):
            call(server, "wait", 100 + number, timeout=0.3, seconds=600)
    lives(server)
    if server.modern:
        # Then nobody can come back for the answer. Up to 2025-11-25 somebody can, as long as the session is there.
        assert _becomes(lambda: call(server, "waiting")["result"]["structuredContent"]["result"], 0)


def test_a_cancelled_call_ends(server: Server) -> None:
    if server.modern:
        pytest.skip("there, leaving is cancelling")
    before = call(server, "waiting")["result"]["structuredContent"]["result"]
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(call, server, "wait", 900, seconds=600)
        count = lambda: call(server, "waiting")["result"]["structuredContent"]["result"]  # noqa: E731
        assert _becomes(count, before + 1)
        params = {"requestId": 900, "reason": "enough"}
        server.post({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params})
        assert _becomes(count, before)
        waiting.result(30)
    lives(server)


def _becomes(count: Any, wanted: int) -> bool:
    for _ in range(100):
        if count() == wanted:
            return True
        time.sleep(0.1)
    return False


def test_two_hundred_calls_at_once(server: Server) -> None:
    with ThreadPoolExecutor(50) as threads:
        jobs = [threads.submit(call, server, "find", n + 1000, id=f"n{n}") for n in range(200)]
        found = [job.result()["result"]["structuredContent"]["id"] for job in jobs]
    assert found == [f"n{n} UNSET cm" for n in range(200)]


def test_a_thousand_calls_leave_nothing_behind(server: Server) -> None:
    def some(number: int) -> None:
        call(server, "find", number + 5000, id="x")
        call(server, "find", number + 6000, id=5)
        call(server, "find", number + 7000, id="crash")
        call(server, "nothing", number + 8000)
        call(server, "find", number + 9000, id="wrong")

    def settled() -> tuple[int, int]:
        time.sleep(2)
        return server.handles()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(some, range(20)))
        before = settled()
        list(threads.map(some, range(200)))
        after = settled()
    assert after[0] <= before[0] + 2, f"{before} became {after}: files"
    assert after[1] <= before[1] + 2, f"{before} became {after}: threads"
