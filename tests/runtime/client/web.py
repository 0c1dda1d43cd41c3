"""Web servers that run beside a test."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import uvicorn
from starlette.types import ASGIApp


class Running:
    """A web server in this event loop."""

    def __init__(self, app: ASGIApp) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=1)
        )
        self._ended = anyio.Event()
        self.url = ""

    async def serve(self) -> None:
        await self._server.serve()
        self._ended.set()

    async def ready(self) -> None:
        while not self._server.started:
            await anyio.sleep(0.005)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/mcp"

    async def stop(self) -> None:
        self._server.should_exit = True
        await self._ended.wait()


@asynccontextmanager
async def over_http(app: ASGIApp) -> AsyncGenerator[Running]:
    """Serve `app` for as long as it is entered."""
    running = Running(app)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(running.serve)
        await running.ready()
        try:
            yield running
        finally:
            await running.stop()
