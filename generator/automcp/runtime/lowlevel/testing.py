"""A client in memory, for tests: wire objects in, wire objects out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, cast

import anyio
from mcp.server.lowlevel.server import Server
from mcp.shared.memory import create_client_server_memory_streams
from mcp.shared.message import SessionMessage
from mcp_types import jsonrpc_message_adapter

from ..server.rehearsal import Answerer, TestClient
from ..server.request import Wire


class Carried(Protocol):
    """A server that one of mcp 2's low-level ones carries."""

    @property
    def lowlevel(self) -> Server[Any]: ...


@asynccontextmanager
async def connect(
    server: Carried,
    *,
    answers: Mapping[str, Answerer] | None = None,
    capabilities: Wire | None = None,
    modern: bool = True,
) -> AsyncGenerator[TestClient]:
    """A client of `server`, in memory.

    Args:
        answers: What answers the server's own requests, by method; only before 2026-07-28.
        capabilities: What the client declares; without them, what `answers` can do.
        modern: Whether to speak MCP 2026-07-28; else 2025-11-25.
    """
    carrier = server.lowlevel
    async with create_client_server_memory_streams() as ((incoming, outgoing), (read, write)):

        async def send(said: Wire) -> None:
            await outgoing.send(SessionMessage(jsonrpc_message_adapter.validate_python(said)))

        async def listen(client: TestClient) -> None:
            async for message in incoming:
                if isinstance(message, SessionMessage):
                    client.receive(
                        cast("Wire", message.message.model_dump(by_alias=True, exclude_none=True))
                    )

        try:
            async with anyio.create_task_group() as tasks:
                client = TestClient(send, tasks, answers or {})
                tasks.start_soon(carrier.run, read, write, carrier.create_initialization_options())
                tasks.start_soon(listen, client)
                await client.open(capabilities, modern=modern)
                yield client
                tasks.cancel_scope.cancel()
        except BaseExceptionGroup as raised:
            # A test is to see what was raised, not how it came here.
            raise raised.exceptions[0] from None
