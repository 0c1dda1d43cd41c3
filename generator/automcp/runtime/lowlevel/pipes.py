"""Lines of text over descriptors, read and written by the event loop itself.

Reason: the SDK hands every line that it reads, writes or flushes to a worker thread. These three hops were
43 % of a small call over stdio (measured with mcp 2.3: 240 of 560 µs); here they are two system calls.

Nothing that others share is changed: a descriptor's blocking mode belongs to everybody who holds it (the shell
holds the terminal), so it is left alone. One read after the loop said "ready" does not block, and for writing
there is for each kind of descriptor a way that never waits.
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
import stat
from collections.abc import Callable

import anyio.lowlevel
from anyio import BrokenResourceError, ClosedResourceError
from typing_extensions import override

_CHUNK = 1 << 18
_AT_ONCE = 1 << 16
"""Bytes that are written at a time: as many as a pipe holds."""
_ENOUGH = 1 << 20
"""Bytes that are read ahead; with so many waiting, the other side has to wait, too."""


class Inlet:
    """The lines that come from a descriptor."""

    def __init__(self, descriptor: int) -> None:
        """Read from `descriptor`. Call it in the event loop."""
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._searched = 0
        self._ended = False
        self._watching = False
        self._waiter: asyncio.Future[None] | None = None
        self._pollable = pollable(descriptor)

    async def line(self) -> bytes | None:
        """The next line without its end; `None` at the end of all. An unfinished last line counts as one."""
        while True:
            end = self._received.find(b"\n", self._searched)
            if end >= 0:
                return self._taken(end, end + 1)
            self._searched = len(self._received)
            if self._ended:
                return self._taken(self._searched, self._searched) if self._received else None
            await self._more()

    def close(self) -> None:
        """Read nothing more; who waits for a line learns that there is none."""
        self._ended = True
        self._watch(on=False)
        self._wake()

    def _taken(self, end: int, after: int) -> bytes:
        line = bytes(self._received[:end])
        del self._received[:after]
        self._searched = 0
        return line

    async def _more(self) -> None:
        if not self._pollable:
            # A file: reading it does not wait for anybody, but others have their turn.
            await anyio.lowlevel.checkpoint()
            self._read()
            return
        self._watch(on=True)
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _read(self) -> None:
        try:
            chunk = os.read(self._descriptor, _CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            # A terminal that is gone says so with EIO.
            chunk = b""
        self._received += chunk
        if not chunk:
            self.close()
        elif self._waiter is None and len(self._received) > _ENOUGH:
            self._watch(on=False)
        self._wake()

    def _watch(self, *, on: bool) -> None:
        if on == self._watching or not self._pollable:
            return
        self._watching = on
        if on:
            self._loop.add_reader(self._descriptor, self._read)
        else:
            self._loop.remove_reader(self._descriptor)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class Outlet:
    """A descriptor that takes whole messages, in the order in which they were given."""

    def __init__(self, descriptor: int, *, broken: Callable[[], None]) -> None:
        """Write to `descriptor`. Call it in the event loop.

        Args:
            broken: Called when nobody reads any more.
        """
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._writer = _writer(descriptor)
        self._waiting = bytearray()
        self._waiters: set[asyncio.Future[None]] = set()
        self._watching = False
        self._tell_broken = broken
        self._broken = False
        self._closed = False
        self._dropped = False

    async def write(self, data: bytes) -> None:
        """Write `data`, whole, even if the writer is cancelled meanwhile. Waits while the other side does not read.

        Raises:
            ClosedResourceError: The outlet was closed, before or meanwhile.
            BrokenResourceError: Nobody reads any more.
        """
        if self._closed:
            raise ClosedResourceError
        self._waiting += data
        if not self._watching:
            self._push()
        await self.drain()
        if self._dropped:
            raise ClosedResourceError
        if self._broken:
            raise BrokenResourceError

    async def drain(self) -> None:
        """Wait until everything is written, or nobody reads any more."""
        while self._waiting and not self._broken:
            waiter = self._loop.create_future()
            self._waiters.add(waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)

    def close(self) -> None:
        """Write nothing more, not even what waits."""
        if not self._closed:
            self._closed = True
            self._dropped = bool(self._waiting)
            self._waiting.clear()
            self._settle()
            self._writer.close()

    def _push(self) -> None:
        try:
            while self._waiting:
                # A copy: whoever holds on to it (a traceback does) must not hold on to the buffer.
                del self._waiting[: self._writer.write(bytes(self._waiting[:_AT_ONCE]))]
        except (BlockingIOError, InterruptedError):
            self._watch(on=True)
            return
        except OSError:
            self._broken = True
            self._waiting.clear()
            self._tell_broken()
        self._settle()

    def _settle(self) -> None:
        self._watch(on=False)
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _watch(self, *, on: bool) -> None:
        if on == self._watching:
            return
        self._watching = on
        if on:
            self._loop.add_writer(self._descriptor, self._push)
        else:
            self._loop.remove_writer(self._descriptor)


def pollable(descriptor: int) -> bool:
    """Whether the loop can wait for the descriptor; files and devices such as `/dev/null` are always ready."""
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(descriptor)


def _writer(descriptor: int) -> _File:
    """The way to write to a descriptor of its kind that does not wait."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISSOCK(mode):
        return _Socket(descriptor)
    if not pollable(descriptor):
        return _File(descriptor)
    return _reopened(descriptor) or _Cautious(descriptor)


class _File:
    """A file, or a device: there is nobody to wait for."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> int:
        """Write some of `data`, and say how much. Raises `BlockingIOError` rather than wait, `OSError`."""
        return os.write(self._descriptor, data)

    def close(self) -> None:
        """Give back what the way to write has opened; the descriptor stays open."""


class _Socket(_File):
    """A socket (Node gives its children these as stdin and stdout) can be told not to wait, write by write."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        self._socket = socket.socket(fileno=os.dup(descriptor))

    @override
    def write(self, data: bytes) -> int:
        return self._socket.send(data, socket.MSG_DONTWAIT)

    @override
    def close(self) -> None:
        self._socket.close()


class _Reopened(_File):
    """A pipe or a terminal, opened once more: as another open file, it has a blocking mode of its own."""

    @override
    def close(self) -> None:
        os.close(self._descriptor)


def _reopened(descriptor: int) -> _File | None:
    try:
        path = os.ttyname(descriptor) if os.isatty(descriptor) else f"/proc/self/fd/{descriptor}"
        return _Reopened(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC))
    except OSError:
        # For pipes only Linux has a way, and not everywhere.
        return None


class _Cautious(_File):
    """Writes no more at a time than a ready pipe takes without waiting (POSIX, `write`: at least 512 bytes)."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        self._ready = select.poll()
        self._ready.register(descriptor, select.POLLOUT)

    @override
    def write(self, data: bytes) -> int:
        if not self._ready.poll(0):
            raise BlockingIOError
        return super().write(data[: select.PIPE_BUF])
