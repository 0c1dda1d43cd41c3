"""An HTTP/1.1 server on a real socket that answers what a test says, byte for byte, and keeps what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Asked:
    """One request as it came in.

    Attributes:
        headers: Names as they were written, values as bytes read as ISO 8859-1.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Answer: TypeAlias = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
Script: TypeAlias = Callable[[Asked], bytes | Answer]


@dataclass
class ScriptedApi:
    """What runs: where, what was asked, and how many connections came."""

    script: Script
    url: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    connections: int = 0
    open: list[asyncio.StreamWriter] = field(default_factory=list[asyncio.StreamWriter])
    server: asyncio.Server | None = None

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.append(writer)
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                answer = self.script(asked)
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(asked, writer)
                await writer.drain()
                if writer.is_closing():
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("iso-8859-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")[:-2]
    method, target, _ = first.split(" ", 2)
    headers = tuple((name, value.strip()) for name, _, value in (x.partition(":") for x in lines))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return Asked(method, target, headers, await reader.readexactly(length))


def answer(
    body: bytes | str = b"",
    status: int = 200,
    media_type: str | None = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """The bytes of an answer with a length."""
    content = body.encode() if isinstance(body, str) else body
    typed = (("Content-Type", media_type),) if media_type else ()
    lines = [
        f"HTTP/1.1 {status} Whatever",
        *(f"{name}: {value}" for name, value in (*typed, *headers)),
    ]
    head = "\r\n".join([*lines, f"Content-Length: {len(content)}", "", ""])
    return head.encode("iso-8859-1") + content


@asynccontextmanager
async def serving(script: Script) -> AsyncGenerator[ScriptedApi]:
    """Run a server for as long as the block runs."""
    api = ScriptedApi(script)
    server = await asyncio.start_server(api, "127.0.0.1", 0)
    api.server = server
    port = server.sockets[0].getsockname()[1]
    api.url = f"http://127.0.0.1:{port}"
    try:
        yield api
    finally:
        server.close()
        for writer in api.open:
            writer.close()
