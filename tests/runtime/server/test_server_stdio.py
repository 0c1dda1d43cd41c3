"""The server on what it may find as its stdin and stdout."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import pytest
from automcp.runtime.server.options import parse

HERE = Path(__file__).parent
_INITIALIZE = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}
_AFTERWARDS = """
import sys, anyio, anyio.lowlevel
from sample.server import build_server
from automcp.runtime.lowlevel.stdio import serve_stdio

server = build_server()

async def twice():
    async with anyio.create_task_group() as group:
        group.start_soon(serve_stdio, server.lowlevel)
        await anyio.lowlevel.checkpoint()
        try:
            await serve_stdio(server.lowlevel)
        except RuntimeError as error:
            print("second:", error, file=sys.stderr)

anyio.run(twice)
print("afterwards")
"""

_WITHOUT_STDERR = """
import os
os.close(2)
from sample.server import build_server
build_server().run("stdio")
"""


_MAIN = """
from automcp.runtime.mcp2.serving import main
from sample.server import build_server
main(build_server, "sample")
"""


def _lines(*requests: tuple[str, dict[str, Any]]) -> bytes:
    messages = [
        {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        for number, (method, params) in enumerate(requests)
    ]
    return b"".join(json.dumps(one).encode() + b"\n" for one in messages)


BEGINNING = _lines(("initialize", _INITIALIZE))


def _start(
    *arguments: str, stdin: IO[bytes] | int, stdout: IO[bytes] | int
) -> subprocess.Popen[bytes]:
    command = [sys.executable, *(arguments or ("-m", "sample"))]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), *sys.path))}
    return subprocess.Popen(
        command, env=environ, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    )


def test_files_serve_as_both(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(BEGINNING)
    with (tmp_path / "in").open("rb") as source, (tmp_path / "out").open("wb") as sink:
        server = _start(stdin=source, stdout=sink)
        _, logged = server.communicate(timeout=20)
    assert server.returncode == 0, logged
    (answer,) = (tmp_path / "out").read_bytes().splitlines()
    assert json.loads(answer)["result"]["serverInfo"]["name"] == "shop"


def test_a_socket_serves_as_both() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        server = _start(stdin=theirs.fileno(), stdout=theirs.fileno())
        theirs.close()
        ours.sendall(BEGINNING)
        with ours.makefile("rb") as answers:
            assert json.loads(answers.readline())["id"] == 0
        ours.shutdown(socket.SHUT_WR)
        server.communicate(timeout=20)
    assert server.returncode == 0


def test_it_ends_when_nobody_listens() -> None:
    server = _start(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None and server.stdout is not None
    server.stdout.close()
    server.stdin.write(BEGINNING)
    server.stdin.flush()
    assert server.wait(20) == 0
    server.stdin.close()
    assert server.stderr is not None
    assert b"Traceback" not in server.stderr.read()
    server.stderr.close()


def test_it_does_without_stderr() -> None:
    server = _start("-c", _WITHOUT_STDERR, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = server.communicate(BEGINNING, timeout=20)
    assert json.loads(out)["id"] == 0


def test_afterwards_everything_is_as_it_was() -> None:
    server = _start("-c", _AFTERWARDS, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    out, logged = server.communicate(BEGINNING, timeout=20)
    answer, after = out.splitlines()
    assert json.loads(answer)["id"] == 0
    assert after == b"afterwards"
    assert b"second: this process serves on stdin and stdout already" in logged


_ANSWERS_AT_LENGTH = """
import anyio, mcp_types as types
from mcp.server.lowlevel import Server
from automcp.runtime.lowlevel.stdio import serve_stdio

async def call_tool(context, params):
    return types.CallToolResult(content=[types.TextContent(type="text", text="x" * 1_000_000)])

anyio.run(serve_stdio, Server("long", on_call_tool=call_tool))
"""


def test_who_has_said_everything_may_still_read_slowly() -> None:
    server = _start("-c", _ANSWERS_AT_LENGTH, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(_lines(("initialize", _INITIALIZE), ("tools/call", {"name": "any"})))
    server.stdin.flush()
    assert json.loads(server.stdout.readline())["id"] == 0
    # The answer has begun, and is longer than what a pipe holds.
    beginning = server.stdout.read(10)
    server.stdin.close()
    time.sleep(1.5)
    answer = json.loads(beginning + server.stdout.read())
    assert len(answer["result"]["content"][0]["text"]) == 1_000_000
    assert server.wait(20) == 0
    server.stdout.close()
    assert server.stderr is not None
    server.stderr.close()


@pytest.mark.parametrize("closed", ["stdin", "stdout"])
def test_without_stdin_or_stdout_there_is_http(
    closed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, closed, None)
    assert parse("shop-server", ["--http"]).http
    with pytest.raises(SystemExit) as caught:
        parse("shop-server", [])
    assert caught.value.code == 2
    assert "--http" in capsys.readouterr().err


_LISTING = """
import sys
from automcp.runtime.lowlevel import binding
from sample.server import build_server

if "whole" in sys.argv:
    binding.texts_of = lambda *_: None
server = build_server()

@server.tool()
def added(text: str) -> str:
    "Added by hand."
    return text

@server.resource("added://{name}")
def one(name: str) -> str:
    "Added by hand."
    return name

async def watch(context, call_next):
    answer = await call_next(context)
    if context.method == "tools/list":
        print([tool["name"] for tool in answer["tools"]], file=sys.stderr)
    return answer

if "watched" in sys.argv:
    server.lowlevel.middleware.append(watch)
server.run("stdio")
"""
_MODERN = {
    "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
}
_LISTS = ("tools/list", "resources/list", "resources/templates/list", "prompts/list", "tools/list")


def _listed(*arguments: str, modern: bool) -> tuple[bytes, bytes]:
    """What a server answers when it is asked for all that it lists, and what it wrote to stderr."""
    params = _MODERN if modern else {}
    asked = [(method, params) for method in _LISTS]
    first = ("ping", _MODERN) if modern else ("initialize", _INITIALIZE)
    server = _start("-c", _LISTING, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return server.communicate(_lines(first, *asked), timeout=20)


@pytest.mark.parametrize("modern", [False, True])
def test_lists_of_texts_are_what_the_sdk_makes_of_the_whole(modern: bool) -> None:
    spliced, _ = _listed(modern=modern)
    whole, _ = _listed("whole", modern=modern)
    assert sorted(spliced.splitlines()) == sorted(whole.splitlines())
    assert spliced.count(b'"added"') == 2


def test_who_looks_at_lists_sees_the_whole() -> None:
    _, seen = _listed("watched", modern=False)
    assert b"'added'" in seen and b"orders_create" in seen


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("over", ["stdio", "http"])
def test_ctrl_c_ends_it_as_shells_expect(over: str) -> None:
    arguments = ["-c", _MAIN, *(("--http", "--port", "0") if over == "http" else ())]
    with _start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout and process.stderr
        if over == "http":
            while b"running on" not in process.stderr.readline():
                assert process.poll() is None
        else:
            process.stdin.write(BEGINNING)
            process.stdin.flush()
            assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert b"Traceback" not in process.stderr.read()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with _start(
            *("-c", _MAIN, "--http", "--port", port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        ) as process:
            _, said = process.communicate(timeout=30)
    assert process.returncode == 3
    assert port.encode() in said
    assert b"Traceback" not in said
