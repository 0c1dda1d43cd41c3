"""The dialect of mcp 1 as a process of its own, on stdin and stdout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import automcp
import pytest

HERE = Path(__file__).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(HERE), str(Path(automcp.__file__).parent.parent))),
}


@contextmanager
def _running(*arguments: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "mcp1_service", *arguments]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=ENVIRONMENT, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def _ask(process: subprocess.Popen[str], number: int, method: str, **params: Any) -> Any:
    assert process.stdin and process.stdout
    message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def _open(process: subprocess.Popen[str]) -> None:
    who = {"name": "test", "version": "0"}
    answer = _ask(
        process, 0, "initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo=who
    )
    assert answer["result"]["serverInfo"]["title"] == "Everything"


def test_prints_do_not_disturb_the_protocol() -> None:
    with _running() as process:
        _open(process)
        for number in range(1, 4):
            answer = _ask(process, number, "tools/call", name="shout")
            assert (answer["id"], answer["result"]["structuredContent"]) == (number, {"result": ""})
        rest, stray = process.communicate(timeout=10)
    assert (process.returncode, rest) == (0, "")
    assert stray.count("to nobody") == stray.count("from a child") == 3


@pytest.mark.parametrize("arguments", [(), ("--http", "--port", "0")])
def test_an_interrupt_ends_it_quietly(arguments: tuple[str, ...]) -> None:
    with _running(*arguments) as process:
        if arguments:
            time.sleep(2)
        else:
            _open(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_a_wrong_option_is_refused() -> None:
    with _running("--no-such") as process:
        _, said = process.communicate(timeout=10)
    assert process.returncode == 2
    assert "everything: error: unrecognized arguments: --no-such" in said
