"""Servers as processes: started, spoken to over pipes or HTTP, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import messages
from .driving import Channel, Lines, Posts, Wrong, connect, converse

_PATIENCE = 60.0


@dataclass(frozen=True)
class Program:
    """A server that can be started.

    Attributes:
        python: The interpreter of an environment that has its SDK.
        path: What goes on `PYTHONPATH`.
        http: What its command line says for HTTP, before the port.
        revisions: The protocol revisions that it speaks.
    """

    python: Path
    path: Path
    module: str
    http: tuple[str, ...]
    modern: bool = True

    def __post_init__(self) -> None:
        """Compile it, as where servers are installed: a first start would pay for it in time and memory."""
        command = [str(self.python), "-m", "compileall", "-q", str(self.path)]
        subprocess.run(command, check=True, env=self._environ())

    def start(self, *arguments: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(self.python), "-m", self.module, *arguments],
            env=self._environ(),
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )

    def _environ(self) -> dict[str, str]:
        environ = {**os.environ, "PYTHONPATH": str(self.path)}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        return environ


@dataclass(frozen=True)
class Running:
    """A server that runs, and the channels to it."""

    process: int
    channels: tuple[Channel, ...]


@contextmanager
def on_stdio(program: Program, *, modern: bool = False) -> Generator[Running]:
    """A server on pipes, after the handshake, if its era has one."""
    process = program.start(stdout=subprocess.PIPE)
    try:
        assert process.stdin is not None and process.stdout is not None
        channel = Channel(process.stdin.fileno(), process.stdout.fileno(), Lines())
        if modern:
            # The first request decides the era.
            converse([channel], [messages.request(0, "ping", {}, modern=True)], mark=b"")
        else:
            converse([channel], [messages.initialize()], mark=b"serverInfo")
            channel.outgoing += channel.framing.wrap(messages.INITIALIZED)
            channel.flush()
        yield Running(process.pid, (channel,))
    finally:
        _end(process)


@contextmanager
def on_http(program: Program, connections: int, headers: Mapping[str, str]) -> Generator[Running]:
    """A server on a loopback port, and so many connections that stay."""
    port = _free_port()
    process = program.start(*program.http, str(port))
    try:
        _await_port(port)
        channels = tuple(connect(port, Posts(port, dict(headers))) for _ in range(connections))
        try:
            yield Running(process.pid, channels)
        finally:
            for channel in channels:
                os.close(channel.inlet)
    finally:
        _end(process)


@contextmanager
def all_on_stdio(programs: Mapping[str, Program]) -> Generator[dict[str, Running]]:
    """All of them at the same time."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(on_stdio(one)) for name, one in programs.items()}


@contextmanager
def all_on_http(
    programs: Mapping[str, Program], connections: int, headers: Mapping[str, str]
) -> Generator[dict[str, Running]]:
    """All of them at the same time, each on a port of its own."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(on_http(one, connections, headers))
            for name, one in programs.items()
        }


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await_port(port: int) -> None:
    for _ in _attempts():
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            continue
    raise Wrong(f"nobody listens on port {port}")


def _attempts() -> Iterator[None]:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        yield
        time.sleep(0.05)
