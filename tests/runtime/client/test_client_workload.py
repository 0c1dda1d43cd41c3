"""A workload that logs in by its platform's token."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import anyio
import httpx2
import pytest
from automcp.runtime.client import AutoMCPClient, ClientGroup, ConnectionError, HttpServer
from automcp.runtime.client.workload import WorkloadIdentity
from mcp.client.auth import OAuthFlowError
from scripted import Script, served, text, tool
from starlette.types import Receive, Scope, Send
from web import over_http


class Issuer:
    """Issues a new token each time, `t1`, `t2`, …, and is its own protected server."""

    def __init__(self) -> None:
        self.url = ""
        self.named: str | None = None
        self.refuses: str | None = None
        self.lifetime = 3_600
        self.forms: list[dict[str, list[str]]] = []
        self.seen: list[str] = []
        self.taken = {"Bearer t1", "Bearer t2"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _lifespan(receive, send)
            return
        body: dict[str, Any]
        status = 200
        match scope["path"]:
            case "/.well-known/oauth-authorization-server":
                named = self.named or self.url
                body = {
                    "issuer": named,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "response_types_supported": ["code"],
                }
            case "/token":
                self.forms.append(parse_qs((await receive())["body"].decode()))
                body = {
                    "access_token": f"t{len(self.forms)}",
                    "token_type": "Bearer",
                    "expires_in": self.lifetime,
                }
                if self.refuses:
                    status, body = 400, {"error": self.refuses, "error_description": "\x1b[31m"}
            case _:
                said = dict(scope["headers"]).get(b"authorization", b"").decode()
                self.seen.append(said)
                status, body = (200 if said in self.taken else 401), {}
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})


async def _lifespan(receive: Receive, send: Send) -> None:
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})


def _token(value: str) -> Callable[[], Awaitable[str]]:
    async def give() -> str:
        return value

    return give


def _login(issuer: Issuer) -> WorkloadIdentity:
    return WorkloadIdentity(issuer.url, "w", _token("jwt"), resource="https://r/mcp", scope="a b")


async def test_a_token_is_asked_for_once_and_again_when_it_is_refused() -> None:
    issuer = Issuer()
    async with over_http(issuer) as running:
        issuer.url = running.url.removesuffix("/mcp")
        async with httpx2.AsyncClient(auth=_login(issuer)) as http:
            async with anyio.create_task_group() as tasks:
                for _ in range(3):
                    tasks.start_soon(http.get, running.url)
            assert issuer.seen == ["Bearer t1"] * 3
            issuer.taken = {"Bearer t2"}
            assert (await http.get(running.url)).status_code == 200
            issuer.taken = set()
            assert (await http.get(running.url)).status_code == 401
    assert issuer.seen[3:] == ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]
    assert issuer.forms[0] == {
        "grant_type": ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "client_id": ["w"],
        "resource": ["https://r/mcp"],
        "scope": ["a b"],
        "assertion": ["jwt"],
    }


async def test_a_token_is_renewed_before_it_ends() -> None:
    issuer = Issuer()
    issuer.lifetime = 10
    async with over_http(issuer) as running:
        issuer.url = running.url.removesuffix("/mcp")
        async with httpx2.AsyncClient(auth=_login(issuer)) as http:
            await http.get(running.url)
            await http.get(running.url)
    assert issuer.seen == ["Bearer t1", "Bearer t2"]


@pytest.mark.parametrize(
    ("named", "refuses", "words"),
    [
        ("https://other.example", None, "(?i)issuer"),
        (None, "invalid_grant", "gives no token: invalid_grant$"),
    ],
)
async def test_what_the_issuer_refuses_is_told_once(
    named: str | None, refuses: str | None, words: str
) -> None:
    issuer = Issuer()
    issuer.named, issuer.refuses = named, refuses
    async with over_http(issuer) as running:
        issuer.url = running.url.removesuffix("/mcp")
        async with httpx2.AsyncClient(auth=_login(issuer)) as http:
            with pytest.raises(OAuthFlowError, match=words):
                await http.get(running.url)
    assert len(issuer.forms) == (1 if refuses else 0)
    assert issuer.seen == []


class Failing(httpx2.Auth):
    """Lets some requests through, and then has no token."""

    def __init__(self, requests: int) -> None:
        self._left = requests

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        self._left -= 1
        if self._left < 0:
            raise OAuthFlowError("no token: invalid_grant")
        yield request


@pytest.mark.parametrize("protocol", ["auto", "2025-11-25", "2026-07-28"])
@pytest.mark.parametrize("requests", [0, 4])
async def test_who_cannot_log_in_is_told_so(protocol: str, requests: int) -> None:
    app = served(Script([text("x")]), [tool("a_b")]).streamable_http_app()
    config = {"protocol": protocol}
    async with over_http(app) as running:
        server = HttpServer(url=running.url, auth=Failing(requests))
        with pytest.raises(ConnectionError, match="no token: invalid_grant"):
            async with AutoMCPClient("t", config, server=server) as client:
                for _ in range(5):
                    await ClientGroup(client, "a").execute("b")
