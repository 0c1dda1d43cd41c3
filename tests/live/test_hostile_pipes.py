"""What clients may do wrong over stdin and stdout, tried on a server of each SDK."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .dialects import NEW, OLD, RUNS, compiled

HERE = Path(__file__).parent / "behaviour"

pytestmark = pytest.mark.slow


class Pipes:
    """A server on two pipes, and raw lines to it."""

    def __init__(self, command: list[str], environ: Mapping[str, str], revision: str) -> None:
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._meta: dict[str, Any] = {}
        if revision == NEW:
            prefix = "io.modelcontextprotocol"
            self._meta = {f"{prefix}/protocolVersion": NEW, f"{prefix}/clientCapabilities": {}}
            return
        client = {"name": "hostile", "version": "0"}
        params = {"protocolVersion": OLD, "capabilities": {}, "clientInfo": client}
        self.ask(0, "initialize", params)
        self.write(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')

    def write(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def send(self, number: int, method: str, params: Mapping[str, Any]) -> None:
        full = {**params, "_meta": self._meta} if self._meta else params
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": full}
        self.write(json.dumps(message).encode())

    def answer(self, number: int) -> Any:
        """The answer to a request; every line on the way has to be a message."""
        assert self.process.stdout is not None
        while True:
            line = self.process.stdout.readline()
            assert line, "the server has gone away"
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            if message.get("id") == number:
                return message

    def ask(self, number: int, method: str, params: Mapping[str, Any]) -> Any:
        self.send(number, method, params)
        return self.answer(number)

    def call(self, number: int, tool: str, **arguments: Any) -> Any:
        return self.ask(number, "tools/call", {"name": f"things_{tool}", "arguments": arguments})

    def close(self) -> int:
        """Go away, and see the server go, too."""
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        return self.process.wait(10)


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: "-".join(run))
def start(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], dict[str, str], str]:
    """How to start a server, and the revision to speak."""
    dialect, revision = request.param
    folder = tmp_path_factory.mktemp(dialect)
    package, python = compiled(HERE, "behaviour", dialect, folder)
    return [str(python), "-m", "behaviour_server"], {"PYTHONPATH": str(package / "src")}, revision


@pytest.fixture
def pipes(start: tuple[list[str], dict[str, str], str]) -> Generator[Pipes]:
    running = Pipes(*start)
    yield running
    if running.process.poll() is None:
        running.close()


def test_garbage_ends_nothing(pipes: Pipes) -> None:
    for line in (
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "method": 5}',
        b"[" * 10_000,
        b'{"jsonrpc": "2.0", "id": "x", "result": {}}',
        b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99}}',
    ):
        pipes.write(line)
    assert pipes.call(50, "plain")["result"]["content"][0]["text"] == "thing"


@pytest.mark.parametrize("name", ["x", "crash", "exit", "wrong", "hang", "closed", "protocol"])
def test_whatever_a_handler_does_the_session_lives_on(pipes: Pipes, name: str) -> None:
    # It prints, too: stdout belongs to the protocol all the same.
    answer = pipes.call(1, "find", id=name)
    assert ("error" in answer) == (name == "protocol")
    assert pipes.call(2, "plain")["result"]["isError"] is False


def test_many_calls_at_once(pipes: Pipes) -> None:
    for number in range(100, 300):
        params = {"name": "things_find", "arguments": {"id": f"n{number}"}}
        pipes.send(number, "tools/call", params)
    found = set[int]()
    assert pipes.process.stdout is not None
    while len(found) < 200:
        message = json.loads(pipes.process.stdout.readline())
        if message.get("id") in range(100, 300):
            assert message["result"]["structuredContent"]["id"] == f"n{message['id']} UNSET cm"
            found.add(message["id"])


def test_a_large_message_comes_through(pipes: Pipes) -> None:
    text = "x" * 1_000_000
    answer = pipes.call(1, "raw", a=1, text=text)
    assert answer["result"]["structuredContent"]["result"]["text"] == text


def test_the_server_goes_when_its_client_goes(pipes: Pipes) -> None:
    pipes.send(1, "tools/call", {"name": "things_wait", "arguments": {"seconds": 600}})
    assert pipes.close() in (0, 1)
