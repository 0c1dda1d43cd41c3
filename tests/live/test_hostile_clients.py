"""What clients may do wrong, tried on the conformance server of each SDK over HTTP: it lives on, and loses nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

ROOT = Path(__file__).parent.parent.parent
SERVING = ROOT / "examples" / "conformance" / "serving.py"
OLD, NEW = "2025-11-25", "2026-07-28"
BODY_LIMIT = 4 * 1024 * 1024

pytestmark = pytest.mark.slow


class Server:
    """A running server, and raw requests to it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], modern: bool) -> None:
        self.url = f"http://127.0.0.1:{port}/mcp"
        self.process = process
        self.modern = modern
        self.headers: dict[str, str] = {}
        self._http = httpx2.Client(limits=httpx2.Limits(max_connections=50))

    def post(self, body: object, *, timeout: float = 30, **headers: str) -> httpx2.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        base = {
            "accept": "application/json, text/event-stream",
            "content-type": "application/json",
            **self.headers,
            **headers,
        }
        return self._http.post(self.url, content=raw, headers=base, timeout=timeout)

    def connect(self) -> None:
        """Shake hands, where the era has it."""
        if self.modern:
            self.headers = {"mcp-protocol-version": NEW}
            return
        client = {"name": "hostile", "version": "0"}
        params = {"protocolVersion": OLD, "capabilities": {}, "clientInfo": client}
        answer = self.post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})
        assert answer.status_code == 200, answer.text
        self.headers = {
            "mcp-protocol-version": OLD,
            "mcp-session-id": answer.headers["mcp-session-id"],
        }
        self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def message(self, number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
        meta: dict[str, Any] = {}
        if self.modern:
            prefix = "io.modelcontextprotocol"
            meta = {f"{prefix}/protocolVersion": NEW, f"{prefix}/clientCapabilities": {}}
        full = {**params, "_meta": meta} if meta else params
        return {"jsonrpc": "2.0", "id": number, "method": method, "params": full}

    def call(self, tool: str, number: int = 1, timeout: float = 30, **arguments: Any) -> Any:
        """What a tool answers: the result, or the error."""
        params = {"name": tool, "arguments": arguments}
        routing = {"mcp-method": "tools/call", "mcp-name": tool}
        if tool == "test_x_mcp_header":
            routing["mcp-param-region"] = arguments["region"]
        answer = self.post(self.message(number, "tools/call", params), timeout=timeout, **routing)
        return _message(answer)

    def lives(self) -> None:
        """The server still does what it should."""
        assert self.process.poll() is None
        answer = self.call("greet", name="Ada")
        assert answer["result"]["content"][0]["text"] == "Hello, Ada!", answer

    def handles(self) -> tuple[int, int]:
        """Open files and threads of the process."""
        folder = Path(f"/proc/{self.process.pid}")
        return len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))


def _message(answer: httpx2.Response) -> Any:
    """The last message of an answer, be it JSON or an event stream."""
    if answer.headers["content-type"].startswith("application/json"):
        return answer.json()
    lines = [line[5:] for line in answer.text.splitlines() if line.startswith("data:")]
    return json.loads([line for line in lines if line.strip()][-1])


@contextmanager
def _served(dialect: str, modern: bool) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    generator = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    process = subprocess.Popen(
        [sys.executable, str(SERVING), dialect, str(port)],
        env=generator,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        server = Server(port, process, modern)
        server.connect()
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(2400):
        assert process.poll() is None, "the server did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.125)
    raise AssertionError("the server did not open its port")


RUNS = [("mcp2", True), ("mcp2", False), ("fastmcp4", True), ("fastmcp4", False), ("mcp1", False)]


@pytest.fixture(
    scope="module", params=RUNS, ids=[f"{sdk}-{NEW if new else OLD}" for sdk, new in RUNS]
)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with _served(*request.param) as running:
        yield running


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
    ids=repr,
)
def test_what_is_no_message_is_refused(server: Server, body: bytes) -> None:
    # mcp 1 says 500 with an error to what is nested too deeply for its parser.
    assert server.post(body).status_code >= 400
    server.lives()


def test_a_message_with_wrong_metadata_is_refused(server: Server) -> None:
    if not server.modern:
        pytest.skip("earlier revisions have no metadata in each request")
    prefix = "io.modelcontextprotocol"
    for meta in ({}, {f"{prefix}/protocolVersion": NEW}, {f"{prefix}/protocolVersion": 5}):
        body = {"jsonrpc": "2.0", "id": 7, "method": "tools/list", "params": {"_meta": meta}}
        answer = server.post(body, **{"mcp-method": "tools/list"})
        assert answer.status_code == 400, (meta, answer.text)
        assert answer.json()["error"]["code"] in (-32602, -32020, -32022), answer.text
    server.lives()


def test_too_much_is_refused(server: Server) -> None:
    body = server.message(
        1, "tools/call", {"name": "greet", "arguments": {"name": "x" * BODY_LIMIT}}
    )
    answer = server.post(body, **{"mcp-method": "tools/call", "mcp-name": "greet"})
    assert answer.status_code == 413, answer.text[:200]
    server.lives()


@pytest.mark.parametrize(
    ("tool", "arguments", "code", "name"),
    [
        ("nothing", {}, -32602, None),
        ("greet", {"name": 5}, None, "InvalidArguments"),
        ("greet", {"nmae": "x"}, None, "InvalidArguments"),
        ("test_error_handling", {}, None, "Intended"),
        ("json_schema_2020_12_tool", {"name": "x"}, None, "InvalidArguments"),
        ("protocol_error_job", {}, -32603, None),
    ],
)
def test_a_wrong_call_is_answered(
    server: Server, tool: str, arguments: dict[str, Any], code: int | None, name: str | None
) -> None:
    answer = server.call(tool, **arguments)
    if code is not None:
        assert answer["error"]["code"] == code, answer
    else:
        assert answer["result"]["isError"] is True, answer
        assert answer["result"]["structuredContent"]["error"]["name"] == name
    server.lives()


def test_a_client_may_leave_in_the_middle_of_a_call(server: Server) -> None:
    for number in range(5):
        with pytest.raises(httpx2.TimeoutException):
            server.call("slow_compute", 100 + number, timeout=0.3, seconds=600)
    server.lives()


def test_two_hundred_calls_at_once(server: Server) -> None:
    with ThreadPoolExecutor(50) as threads:
        jobs = [threads.submit(server.call, "greet", n + 1000, name=str(n)) for n in range(200)]
        texts = [job.result()["result"]["content"][0]["text"] for job in jobs]
    assert texts == [f"Hello, {n}!" for n in range(200)]


def test_a_thousand_calls_leave_nothing_behind(server: Server) -> None:
    def some(number: int) -> None:
        server.call("greet", number + 5000, name="Ada")
        server.call("greet", number + 6000, name=5)
        server.call("test_error_handling", number + 7000)
        server.call("nothing", number + 8000)

    def settled() -> tuple[int, int]:
        time.sleep(2)
        return server.handles()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(some, range(25)))
        before = settled()
        list(threads.map(some, range(250)))
        after = settled()
    assert after[0] <= before[0] + 2, f"{before} became {after}: files"
    assert after[1] <= before[1] + 2, f"{before} became {after}: threads"
