"""One process from its start to its end: it never outlives the call, nor does what it started in turn."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import anyio
from anyio.abc import ByteReceiveStream, Process
from anyio.lowlevel import RunVar

_GRACE = 1.0
"""Seconds between the request to end and the end."""

_DRAIN = 2.0
"""Seconds without output after which nobody waits for what an ended process left open."""

_STDERR_LIMIT = 1 << 16
_POLLS = (0.005, 0.25)
"""Seconds between looks at whether it has ended, shortest and longest."""

_AT_A_TIME = 40
"""As many as there are worker threads: callers, of whom there may be many, share one machine."""

_limiter = RunVar[anyio.CapacityLimiter | None]("processes")
_WINDOWS_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


class TooMuch(Exception):
    """The process wrote more than anybody wants to read."""


@dataclass(slots=True)
class Ended:
    """What became of a process.

    Attributes:
        code: Its exit code; on POSIX, minus the signal that ended it.
        stderr: The first 64 KB.
    """

    code: int
    stdout: bytes
    stderr: bytes


async def finish(
    argv: Sequence[str],
    *,
    stdin: bytes | None,
    cwd: str | None,
    environment: Mapping[str, str],
    limit: int,
) -> Ended:
    """Start a program and wait for its end.

    It has a session of its own (POSIX): when it has ended, when this is cancelled, or when it writes too much, all
    that still runs in its process group is killed. Who leaves the group (`setsid`) escapes. On Windows, what it
    started is asked of `taskkill`.

    Args:
        stdin: What it can read; `None` is nothing. Never the server's own.
        environment: All that it sees.
        limit: The most bytes on its standard output.

    Raises:
        OSError: It cannot be started.
        TooMuch: It wrote more than `limit`.
    """
    async with _room(), _started(argv, stdin is not None, cwd, environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        out, err = _Reader(process.stdout, limit, TooMuch), _Reader(process.stderr, _STDERR_LIMIT)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_feed, process, stdin)
            tasks.start_soon(_watch, process, (out, err))
            async with anyio.create_task_group() as readers:
                readers.start_soon(out.read)
                readers.start_soon(err.read)
            # Who has closed both may still be at work.
            await process.wait()
            tasks.cancel_scope.cancel()
        return Ended(await process.wait(), bytes(out.data), bytes(err.data))


def _room() -> anyio.CapacityLimiter:
    """Lets in as many processes as may run at a time; who comes later waits, and its time runs."""
    limiter = _limiter.get(None)
    if limiter is None:
        limiter = anyio.CapacityLimiter(_AT_A_TIME)
        _limiter.set(limiter)
    return limiter


@asynccontextmanager
async def _started(
    argv: Sequence[str], fed: bool, cwd: str | None, environment: Mapping[str, str]
) -> AsyncGenerator[Process]:
    # Cancelled between the start and its answer, a process would be nobody's.
    scope = anyio.CancelScope(shield=True)
    with scope:
        process = await anyio.open_process(
            list(argv),
            stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
            cwd=cwd,
            env=dict(environment),
            start_new_session=os.name == "posix",
            creationflags=_WINDOWS_GROUP,
        )
        scope.shield = False
        try:
            yield process
        finally:
            scope.shield = True
            await _end(process)
            with anyio.move_on_after(_DRAIN):
                await process.aclose()


class _Reader:
    """Reads one stream, and keeps what it is allowed to.

    Args:
        beyond: What to raise at more than `limit` bytes; without, the rest is read and forgotten.
    """

    def __init__(
        self, stream: ByteReceiveStream, limit: int, beyond: type[Exception] | None = None
    ) -> None:
        self.data = bytearray()
        self._stream = stream
        self._limit = limit
        self._beyond = beyond
        self._scope = anyio.CancelScope()
        self._ending = False

    async def read(self) -> None:
        with self._scope, suppress(anyio.EndOfStream, anyio.ClosedResourceError):
            while True:
                chunk = await self._stream.receive()
                if self._ending:
                    self.end()
                self.data += chunk[: self._limit - len(self.data) + 1]
                if len(self.data) > self._limit:
                    if self._beyond:
                        raise self._beyond
                    del self.data[self._limit :]

    def end(self) -> None:
        """The process has ended: what it wrote is still there to read, and nothing else is waited for."""
        self._ending = True
        self._scope.deadline = anyio.current_time() + _DRAIN


async def _feed(process: Process, data: bytes | None) -> None:
    if data is None or process.stdin is None:
        return
    # It need not read what it is given.
    with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
        await process.stdin.send(data)
    with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
        await process.stdin.aclose()


async def _watch(process: Process, readers: Sequence[_Reader]) -> None:
    """End what a process leaves behind: it may hold the pipes open for ever.

    `Process.wait` will not do: with some versions of asyncio it waits for those very pipes.
    """
    pause, longest = _POLLS
    while process.returncode is None:
        await anyio.sleep(pause)
        pause = min(2 * pause, longest)
    _signal(process, _KILL)
    for reader in readers:
        reader.end()


async def _end(process: Process) -> None:
    """Ask the process and all of its group to end; then end them."""
    if process.returncode is None:
        _signal(process, signal.SIGTERM)
        deadline = anyio.current_time() + _GRACE
        while process.returncode is None and anyio.current_time() < deadline:
            await anyio.sleep(_POLLS[0])
    _signal(process, _KILL)


_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


if os.name == "posix":

    def _signal(process: Process, number: int) -> None:
        # The group has the number of the process that leads it, and keeps it as long as anybody is in it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)

else:

    def _signal(process: Process, number: int) -> None:
        del number
        if process.returncode is not None:
            return
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
