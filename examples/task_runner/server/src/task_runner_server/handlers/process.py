"""One process for one script, stopped with all its children when time is up or nobody waits any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
from anyio.abc import Process

from .project import Script

_TAIL = 2_000


@dataclass(frozen=True)
class Ended:
    """How a process ended; `exit_code` is `None` if time was up."""

    exit_code: int | None
    tail: str


async def run(
    script: Script,
    folder: Path,
    result: Path,
    seconds: float,
    on_line: Callable[[int], Awaitable[None]],
) -> Ended:
    """Run `script` in `folder`, its output going to the file `result`.

    Args:
        on_line: Told how many lines were printed so far, after each piece of output.
    """
    command = [sys.executable, "-"] if script.language == "python" else ["sh", "-eu"]
    written = bytearray()
    lines = 0
    with result.open("wb") as file:
        async with _started(command, folder, script.code) as process:
            with anyio.move_on_after(seconds) as limit:
                assert process.stdout is not None
                async for piece in process.stdout:
                    file.write(piece)
                    written = (written + piece)[-_TAIL:]
                    lines += piece.count(b"\n")
                    await on_line(lines)
                await process.wait()
    exit_code = None if limit.cancelled_caught else process.returncode
    return Ended(exit_code, written.decode("utf-8", "replace"))


@asynccontextmanager
async def _started(command: list[str], folder: Path, code: str) -> AsyncGenerator[Process]:
    process = await anyio.open_process(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        assert process.stdin is not None
        try:
            await process.stdin.send(code.encode())
            await process.stdin.aclose()
        except (BrokenPipeError, anyio.BrokenResourceError):
            pass  # it ended before it had read its script; its exit code says more
        yield process
    finally:
        # The whole session, because a task's children must not outlive it.
        if process.returncode is None:
            with anyio.CancelScope(shield=True):
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        await process.aclose()
