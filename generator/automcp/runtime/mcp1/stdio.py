"""Speaks the protocol on stdin and stdout, and keeps everything else away from them."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TextIO, cast

import anyio
from mcp.server.stdio import stdio_server

_STDIN, _STDOUT, _STDERR = 0, 1, 2


def protocol_on(source: TextIO, sink: TextIO) -> AbstractAsyncContextManager[Any]:
    """The SDK's pair of message streams over two text streams."""
    lines = cast("anyio.AsyncFile[str]", _lines(source))
    return stdio_server(lines, anyio.wrap_file(sink))


@contextmanager
def claimed() -> Generator[tuple[TextIO, TextIO]]:
    """The client's two pipes, for the protocol alone.

    Meanwhile the process's own stdin is empty, and its stdout is its stderr: for `print`, for child
    processes, and for whatever else writes to descriptor 1.
    """
    sys.stdout.flush()
    source, sink, empty = os.dup(_STDIN), os.dup(_STDOUT), os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, _STDIN)
    os.dup2(_STDERR, _STDOUT)
    os.close(empty)
    printing, sys.stdout = sys.stdout, sys.stderr
    # Nobody closes the source: a thread may still wait for a line, and closing would wait for the thread.
    reading = os.fdopen(source, encoding="utf-8", errors="replace", closefd=False)
    try:
        with os.fdopen(sink, "w", encoding="utf-8", newline="\n", closefd=False) as writing:
            yield reading, writing
    finally:
        sys.stdout = printing
        sys.stdout.flush()
        os.dup2(source, _STDIN)
        os.dup2(sink, _STDOUT)
        os.close(sink)


async def _lines(source: TextIO) -> AsyncIterator[str]:
    """The lines of a stream, read by a daemon thread: one that waits for input must not keep a process alive."""
    loop = asyncio.get_running_loop()
    send, receive = anyio.create_memory_object_stream[str](0)

    async def end() -> None:
        send.close()

    def read() -> None:
        try:
            for line in source:
                asyncio.run_coroutine_threadsafe(send.send(line), loop).result()
            asyncio.run_coroutine_threadsafe(end(), loop).result()
        except (RuntimeError, anyio.ClosedResourceError, anyio.BrokenResourceError):
            # The server has stopped meanwhile.
            return

    threading.Thread(target=read, name="stdin", daemon=True).start()
    async with receive:
        async for line in receive:
            yield line
