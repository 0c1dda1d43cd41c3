"""Sends prepared requests and counts answers: so little work that what is measured is the server.

A channel is a pipe pair or a connection; `converse` keeps so many requests on the way on each.
"""

from __future__ import annotations

import os
import re
import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_CHUNK = 1 << 18
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PATIENCE = 120.0
"""Seconds without a byte after which a server is taken to hang."""


class Wrong(Exception):
    """A server gave something that is not the expected answer."""


class Framing(Protocol):
    """How messages lie in a stream of bytes."""

    def wrap(self, body: bytes) -> bytes:
        """The bytes that carry a message."""
        ...

    def unwrap(self, received: bytearray) -> Iterator[bytes]:
        """The whole messages at the beginning of `received`, taken from it."""
        ...


class Lines:
    """One message a line: stdio."""

    def wrap(self, body: bytes) -> bytes:
        return body + b"\n"

    def unwrap(self, received: bytearray) -> Iterator[bytes]:
        while (end := received.find(b"\n")) >= 0:
            line = bytes(received[:end])
            del received[: end + 1]
            yield line


@dataclass
class Posts:
    """One message a POST, over a connection that stays: Streamable HTTP with JSON answers.

    Attributes:
        headers: What every request carries besides its length.
    """

    port: int
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def wrap(self, body: bytes) -> bytes:
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept": "application/json, text/event-stream",
            "Content-Type": "application/json",
            **self.headers,
            "Content-Length": str(len(body)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return f"POST /mcp HTTP/1.1\r\n{lines}\r\n".encode() + body

    def unwrap(self, received: bytearray) -> Iterator[bytes]:
        while (head := received.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(received, 0, head)
            if not received.startswith(b"HTTP/1.1 200") or found is None:
                raise Wrong(bytes(received[:500]).decode(errors="replace"))
            end = head + 4 + int(found[1])
            if len(received) < end:
                return
            body = bytes(received[head + 4 : end])
            del received[:end]
            yield body


@dataclass
class Channel:
    """Where bytes go out and come in; both ends are set not to block."""

    inlet: int
    outlet: int
    framing: Framing
    outgoing: bytearray = field(default_factory=bytearray)
    incoming: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        os.set_blocking(self.inlet, False)
        os.set_blocking(self.outlet, False)

    def flush(self) -> None:
        """Write as much as goes."""
        try:
            while self.outgoing:
                del self.outgoing[: os.write(self.inlet, self.outgoing[:_CHUNK])]
        except BlockingIOError:
            pass

    def take(self) -> Iterator[bytes]:
        """Read what is there, and give the messages that are whole."""
        try:
            received = os.read(self.outlet, _CHUNK)
        except BlockingIOError:
            return
        if not received:
            raise Wrong("the server closed the connection")
        self.incoming += received
        yield from self.framing.unwrap(self.incoming)


def connect(port: int, framing: Framing) -> Channel:
    """A channel of a new connection to a loopback port."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    number = connection.detach()
    return Channel(number, number, framing)


def converse(
    channels: Sequence[Channel], requests: Sequence[bytes], *, window: int = 1, mark: bytes
) -> list[bytes]:
    """Send the requests over the channels, so many unanswered at a time on each; give the answers.

    Args:
        mark: What every answer contains.

    Raises:
        Wrong: An answer without the mark, an end, or silence for `PATIENCE` seconds.
    """
    waiting = iter(requests)
    answers: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        for channel in channels:
            for _ in range(window):
                _send(channel, waiting)
            _watch(selector, channel)
        while len(answers) < len(requests):
            ready = selector.select(PATIENCE)
            if not ready:
                raise Wrong(f"no answer for {PATIENCE:g} s after {len(answers)} answers")
            for channel in {id(key.data): key.data for key, _ in ready}.values():
                for answer in channel.take():
                    if mark not in answer:
                        raise Wrong(answer[:500].decode(errors="replace"))
                    answers.append(answer)
                    _send(channel, waiting)
                channel.flush()
                _watch(selector, channel)
    return answers


def _send(channel: Channel, waiting: Iterator[bytes]) -> None:
    body = next(waiting, None)
    if body is not None:
        channel.outgoing += channel.framing.wrap(body)
        channel.flush()


def _watch(selector: selectors.BaseSelector, channel: Channel) -> None:
    """Wait for what the channel can do next: always to read, and to write if something is left."""
    wanted = {channel.outlet: selectors.EVENT_READ}
    if channel.outgoing:
        wanted[channel.inlet] = wanted.get(channel.inlet, 0) | selectors.EVENT_WRITE
    for number in {channel.inlet, channel.outlet}:
        known = selector.get_map().get(number)
        events = wanted.get(number, 0)
        if known is None and events:
            selector.register(number, events, channel)
        elif known is not None and not events:
            selector.unregister(number)
        elif known is not None and known.events != events:
            selector.modify(number, events, channel)
