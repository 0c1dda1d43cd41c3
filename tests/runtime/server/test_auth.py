"""Who gets in over HTTP, and what the others are told."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.server.auth import Auth
from automcp.runtime.server.offers import Operation
from automcp.runtime.server.request import Caller
from automcp.runtime.shared.surface import Surface

CALLERS = {
    "good": Caller("app", "ada", frozenset({"use"})),
    "weak": Caller("app", "ada"),
    "admin": Caller("app", "eve", frozenset({"use", "admin"})),
}
SURFACE = Surface(
    {
        "server": {"name": "guarded", "version": "1"},
        "tools": [
            {"name": "open", "inputSchema": {"type": "object"}},
            {"name": "closed", "inputSchema": {"type": "object"}},
        ],
        "policies": {"tools": {"closed": [{"scopes": ["admin"]}]}},
        "health": "/health",
    }
)
META: dict[str, object] = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
}


async def verify(token: str) -> Caller | None:
    return CALLERS.get(token)


async def nothing(*_: object) -> None: ...


def guarded(**more: Any) -> CompiledServer[None, None]:
    offers = [Operation(name, None, nothing, handler=nothing) for name in ("open", "closed")]
    return CompiledServer(SURFACE, offers, auth=Auth(verify=verify, scopes=("use",), **more))


async def _send(server: CompiledServer[None, None], path: str, token: str | None = None) -> Any:
    app = server.streamable_http_app()
    base = "http://127.0.0.1:8000"
    async with (
        server.session_manager.run(),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=base) as client,
    ):
        if path != "/mcp":
            return await client.get(path)
        headers = {
            "accept": "application/json, text/event-stream",
            "mcp-protocol-version": "2026-07-28",
            "mcp-method": "tools/list",
            **({"authorization": token} if token else {}),
        }
        body: dict[str, object] = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/list",
            "params": {"_meta": META},
        }
        return await client.post("/mcp", json=body, headers=headers)


@pytest.mark.parametrize(
    ("token", "status", "error"),
    [
        (None, 401, "invalid_token"),
        ("Bearer bad", 401, "invalid_token"),
        ("Basic good", 401, "invalid_token"),
        ("Bearer ", 401, "invalid_token"),
        ("Bearer weak", 403, "insufficient_scope"),
    ],
)
async def test_without_the_right_token_nothing_is_told(
    token: str | None, status: int, error: str
) -> None:
    answer = await _send(guarded(), "/mcp", token)
    assert answer.status_code == status
    challenge = answer.headers["www-authenticate"]
    assert challenge.startswith(f'Bearer error="{error}"')
    assert "resource_metadata" not in challenge
    assert "open" not in answer.text


@pytest.mark.parametrize(("token", "seen"), [("good", {"open"}), ("admin", {"open", "closed"})])
async def test_callers_see_what_they_may_use(token: str, seen: set[str]) -> None:
    answer = await _send(guarded(), "/mcp", f"Bearer {token}")
    assert answer.status_code == 200
    listed = answer.json()["result"]["tools"]
    assert {tool["name"] for tool in listed} == seen


async def test_clients_find_their_way_to_the_issuer() -> None:
    more = {"issuer": "https://login.example.com", "resource": "https://example.com/mcp"}
    refused = await _send(guarded(**more), "/mcp")
    where = "https://example.com/.well-known/oauth-protected-resource/mcp"
    assert f'resource_metadata="{where}"' in refused.headers["www-authenticate"]
    metadata = await _send(guarded(**more), "/.well-known/oauth-protected-resource/mcp")
    assert metadata.json()["resource"] == "https://example.com/mcp"
    # Word for word: clients compare issuers as texts (RFC 8414, section 3.3).
    assert metadata.json()["authorization_servers"] == ["https://login.example.com"]
    assert metadata.json()["scopes_supported"] == ["use"]


async def test_the_health_page_is_for_everybody() -> None:
    answer = await _send(guarded(), "/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_an_issuer_needs_a_resource() -> None:
    with pytest.raises(ValueError, match="public URL"):
        guarded(issuer="https://login.example.com")
