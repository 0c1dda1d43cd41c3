"""Connects a client for tests to a server in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast

import anyio
from mcp.server.lowlevel.server import Server
from mcp.shared.memory import create_client_server_memory_streams
from mcp.shared.message import SessionMessage
from mcp_types import jsonrpc_message_adapter

from ..server.rehearsal import Answerer, TestClient
from ..server.request import Wire


@asynccontextmanager
async def connected(
    server: Server[Any],
    answers: Mapping[str, Answerer],
    capabilities: Wire | None,
    *,
    modern: bool,
) -> AsyncGenerator[TestClient]:
    """A client of `server`; see `sdk.testing.connect`."""
    failed: Exception | None = None
    async with (
        create_client_server_memory_streams() as ((incoming, outgoing), (read, write)),
        anyio.create_task_group() as tasks,
    ):

        async def send(said: Wire) -> None:
            await outgoing.send(SessionMessage(jsonrpc_message_adapter.validate_python(said)))

        async def listen() -> None:
            async for message in incoming:
                if isinstance(message, SessionMessage):
                    client.receive(
                        cast("Wire", message.message.model_dump(by_alias=True, exclude_none=True))
                    )

        client = TestClient(send, tasks, answers)
        tasks.start_soon(server.run, read, write, server.create_initialization_options())
        tasks.start_soon(listen)
        await client.open(capabilities, modern=modern)
        try:
            yield client
        except Exception as error:
            failed = error
        finally:
            tasks.cancel_scope.cancel()
    # Out here, or the task group would wrap what a test expects to see.
    if failed is not None:
        raise failed
