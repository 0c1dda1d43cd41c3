"""The compiled conformance server, one dialect at a time, as a process of its own."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .processes import SuiteError, started, tail

_START = 300  # seconds; a first start installs an environment
_GRACE = 15  # seconds from one signal to the next


@contextmanager
def serving(serve: Path, dialect: str, log: Path) -> Generator[str]:
    """Run `serve DIALECT PORT` until it answers HTTP; gives its URL, and ends it afterwards.

    Raises:
        SuiteError: it ended by itself, before or after its first answer; or it never answered;
            or it had to be killed, or something still listens afterwards.
    """
    port = _free_port()
    with started([serve, dialect, str(port)], log, grace=_GRACE) as process:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}/mcp"
        if process.poll() is not None:
            raise SuiteError(f"it ended while it was scored, {_last_words(process, log)}")
    if process.returncode == -signal.SIGKILL:
        raise SuiteError(f"neither an interrupt nor SIGTERM ended it; its last words:\n{tail(log)}")
    if _answers(port):
        raise SuiteError(f"it was ended, but something still answers on its port {port}")


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SuiteError(f"it ended before it answered, {_last_words(process, log)}")
        if _answers(port):
            return
        time.sleep(0.1)
    raise SuiteError(f"it did not answer in {_START} seconds; its last words:\n{tail(log)}")


def _last_words(process: subprocess.Popen[bytes], log: Path) -> str:
    return f"with exit code {process.returncode}; its last words:\n{tail(log)}"


def _answers(port: int) -> bool:
    """Whether HTTP is spoken there; any status will do."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
