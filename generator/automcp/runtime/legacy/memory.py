"""A client and a server in one process, as `mcp` 1 joined them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from mcp.shared.memory import create_client_server_memory_streams

from .client import ClientSession
from .elsewhere import elsewhere

__all__ = ["create_client_server_memory_streams", "create_connected_server_and_client_session"]


@asynccontextmanager
async def create_connected_server_and_client_session(
    server: Any, *times: Any, raise_exceptions: bool = False, **words: Any
) -> AsyncGenerator[ClientSession]:
    """Run a server, and yield a session with it that is initialized.

    Args:
        server: A `FastMCP`, or a low-level one.
    """
    low = getattr(server, "_mcp_server", server)
    async with (
        create_client_server_memory_streams() as ((read, write), ours),
        anyio.create_task_group() as tasks,
    ):
        options = low.create_initialization_options()
        tasks.start_soon(low.run, *ours, options, raise_exceptions)
        async with ClientSession(read, write, *times, **words) as session:
            await session.initialize()
            yield session
        tasks.cancel_scope.cancel()


def __getattr__(name: str) -> Any:
    return elsewhere(name)
