"""A server that listens on loopback, and a client that shows what HTTP itself carries."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import anyio
import httpx
import uvicorn
from automcp.runtime.mcp1.app import CompiledServer
from automcp.runtime.mcp1.serving import configure
from automcp.runtime.server.options import Options
from automcp.runtime.server.request import Wire

VERSION = "2025-11-25"


@dataclass
class Http:
    """One client; after `open`, in a session."""

    client: httpx.AsyncClient
    headers: dict[str, str] = field(default_factory=dict[str, str])
    numbers: Any = field(default_factory=lambda: count(1))

    async def open(self, capabilities: Wire | None = None, **headers: str) -> dict[str, Any]:
        """Shake hands; what the server said."""
        self.headers.update(headers)
        params = {
            "protocolVersion": VERSION,
            "capabilities": capabilities or {},
            "clientInfo": {"name": "test", "version": "0"},
        }
        response = await self.post("initialize", params)
        assert response.status_code == 200, response.text
        session = response.headers.get("mcp-session-id")
        self.headers["mcp-protocol-version"] = VERSION
        if session:
            self.headers["mcp-session-id"] = session
        await self.send({"method": "notifications/initialized"})
        return messages(response)[-1]["result"]

    def asking(self, method: str, params: Any, **headers: str) -> dict[str, Any]:
        """The arguments of an HTTP request that carries a JSON-RPC one."""
        body = {"jsonrpc": "2.0", "id": next(self.numbers), "method": method, "params": params}
        accept = "application/json, text/event-stream"
        return {"json": body, "headers": {"accept": accept, **self.headers, **headers}}

    async def post(self, method: str, params: Any = None, **headers: str) -> httpx.Response:
        """Ask, and wait for the end of the answer."""
        return await self.client.post("/mcp", **self.asking(method, params or {}, **headers))

    async def call(self, tool: str, **arguments: Any) -> Any:
        """What a tool answers; its error if it has one."""
        response = await self.post("tools/call", {"name": tool, "arguments": arguments})
        return outcome(messages(response)[-1])

    async def send(self, message: dict[str, Any]) -> None:
        """Send what has no answer."""
        headers = {"accept": "application/json, text/event-stream", **self.headers}
        body = {"jsonrpc": "2.0", **message}
        response = await self.client.post("/mcp", json=body, headers=headers)
        assert response.status_code == 202

    @asynccontextmanager
    async def stream(self, tool: str) -> AsyncGenerator[AsyncIterator[tuple[str, Any]]]:
        """Call a tool, and follow the events of the answer's stream: their ids and messages."""
        asked = self.asking("tools/call", {"name": tool})
        async with self.client.stream("POST", "/mcp", **asked) as response:
            yield events(response)


def outcome(message: dict[str, Any]) -> Any:
    """The value in a tool's answer, or the error."""
    return message.get("error") or message["result"]["structuredContent"]["result"]


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    """The events of a stream; the first one of a resumable stream has no message."""
    event = ""
    async for line in response.aiter_lines():
        if line.startswith("id: "):
            event = line.removeprefix("id: ")
        elif line.startswith("data:"):
            data = line.removeprefix("data:").strip()
            yield event, json.loads(data) if data else None


def messages(response: httpx.Response) -> list[dict[str, Any]]:
    """The messages in an answer, be it JSON or a stream."""
    if response.headers["content-type"].startswith("application/json"):
        return [response.json()]
    data = [one for one in response.text.splitlines() if one.startswith("data: ")]
    return [json.loads(one.removeprefix("data: ")) for one in data if one != "data: "]


@asynccontextmanager
async def serving(server: CompiledServer[Any, Any], **options: Any) -> AsyncGenerator[Http]:
    """Serve on a free port, and connect to it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        configure(server, Options(http=True, port=port, **options))
        config = uvicorn.Config(server.streamable_http_app(), log_config=None)
        running = uvicorn.Server(config)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(running.serve, [listening])
            while not running.started:
                await anyio.sleep(0.01)
            try:
                async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                    yield Http(client)
            finally:
                running.should_exit = True
