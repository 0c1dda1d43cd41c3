"""What the server tests share: a shop whose handlers a test can replace, and clients of both eras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sample.handlers import App
from sample.server import build_server
from sample.settings import Settings
from sample_shop import Era, OpenShop, Shop


@pytest.fixture(params=["auto", "legacy"])
def era(request: pytest.FixtureRequest) -> Era:
    return request.param


@pytest.fixture
def open_shop() -> OpenShop:
    """Builds the sample server; `orders_create=function` puts a function in a handler's place."""

    def open_(**handlers: Callable[..., Any]) -> Shop:
        app = App()
        for name, handler in handlers.items():
            group, operation = name.split("_")
            setattr(getattr(app, group), operation, handler)
        return build_server(app, settings=Settings("EUR", None))

    return open_


@pytest.fixture
def post() -> Callable[..., Any]:
    """Sends one `tools/call` of MCP 2026-07-28 to a server's HTTP application, in memory."""

    async def post_(server: Any, params: dict[str, Any], headers: dict[str, str]) -> Any:
        version = "2026-07-28"
        meta: dict[str, Any] = {
            "io.modelcontextprotocol/protocolVersion": version,
            "io.modelcontextprotocol/clientCapabilities": {},
        }
        body = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {**params, "_meta": meta},
        }
        app = server.streamable_http_app(json_response=True)
        transport = httpx2.ASGITransport(app=app)
        async with (
            server.session_manager.run(),
            httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client,
        ):
            return await client.post(
                "/mcp",
                json=body,
                headers={
                    "accept": "application/json, text/event-stream",
                    "mcp-protocol-version": version,
                    **headers,
                },
            )

    return post_
