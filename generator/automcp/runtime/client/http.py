"""Streamable HTTP as a transport that keeps what the HTTP status says about a refused call."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx2
from mcp.client.auth.exceptions import OAuthFlowError
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR

_STATUS = "httpStatus"
_RETRY_AFTER = "retryAfter"
_UNSENT_STATUS = 0
_UNAUTHORIZED = 401
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)

# The limits that the SDK's own HTTP client has: a server may hold a response stream open for long.
_TIMEOUT = httpx2.Timeout(30.0, read=300.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpServer:
    """A server behind a URL, with what must be sent along.

    Attributes:
        url: Of its MCP endpoint.
        headers: Sent with every request. Never shown.
        auth: Adds authentication to requests, such as an `OAuthClientProvider`. Never shown.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    auth: httpx2.Auth | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a gateway or a server in trouble answered instead of a result. Status 0: nothing was sent."""

    status: int
    retry_after: float | None

    @property
    def unsent(self) -> bool:
        return self.status == _UNSENT_STATUS

    @property
    def logged_out(self) -> bool:
        """Whether there is nothing to log in with, so that it was not sent, or not let through."""
        return self.status == _UNAUTHORIZED

    @property
    def outcome_unknown(self) -> bool:
        """Whether a gateway lost the answer, if there was one (RFC 9110 sections 15.6.3 and 15.6.5)."""
        return self.status in (502, 504)

    @property
    def before_running(self) -> bool:
        """Whether it says that the call was not let through (RFC 6585 section 4, RFC 9110 section 15.6.4)."""
        return self.status in (429, 503)


def refusal(error: MCPError) -> Refusal | None:
    """The HTTP refusal behind an error, if one is."""
    data: object = error.data
    if not isinstance(data, dict):
        return None
    told = cast("dict[str, object]", data)
    status, after = told.get(_STATUS), told.get(_RETRY_AFTER)
    if not isinstance(status, int):
        return None
    return Refusal(status, float(after) if isinstance(after, int | float) else None)


@asynccontextmanager
async def http_transport(server: HttpServer) -> AsyncGenerator[Any]:
    """The streams of a Streamable HTTP connection."""
    async with (
        LoginClient(
            headers=dict(server.headers),
            auth=server.auth,
            timeout=_TIMEOUT,
            transport=StatusTransport(httpx2.AsyncHTTPTransport()),
        ) as client,
        streamable_http_client(server.url, http_client=client) as streams,
    ):
        yield streams


class LoginClient(httpx2.AsyncClient):
    """Puts why one cannot log in into a JSON-RPC error, too: the SDK's transport would end the session by it."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        try:
            return await super().send(request, **options)
        except OAuthFlowError as error:
            # Not for the first request: its failure would be taken for a sign of an older server.
            method = request.headers.get("mcp-method")
            first = "mcp-protocol-version" not in request.headers or method == "server/discover"
            if first or request.method != "POST":
                raise
            return _told(request, _UNAUTHORIZED, str(error), None)


class StatusTransport(httpx2.AsyncBaseTransport):
    """Puts what became of a refused or failed request into a JSON-RPC error in the response's body.

    The SDK's transport reads such a body. Without it, it reports every refusal as the same internal
    error, and ends the whole session when one request cannot be sent.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method != "POST":
            return await self._inner.handle_async_request(request)
        try:
            response = await self._inner.handle_async_request(request)
        except _UNSENT as error:
            return _told(request, _UNSENT_STATUS, str(error) or type(error).__name__, None)
        if not _hides_status(response):
            return response
        await response.aclose()
        status = response.status_code
        after = _seconds(response.headers.get("retry-after"))
        return _told(request, status, f"HTTP status {status}", after)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _hides_status(response: httpx2.Response) -> bool:
    if response.status_code in (429, 503):
        return True
    is_json = response.headers.get("content-type", "").lower().startswith("application/json")
    return response.status_code >= 500 and not is_json


def _told(
    request: httpx2.Request, status: int, message: str, retry_after: int | None
) -> httpx2.Response:
    data = {_STATUS: status, _RETRY_AFTER: retry_after}
    error = {"code": INTERNAL_ERROR, "message": message, "data": data}
    body = {"jsonrpc": "2.0", "id": None, "error": error}
    return httpx2.Response(status or 503, json=body, request=request)


def _seconds(retry_after: str | None) -> int | None:
    # The form that is a date (RFC 9110 section 10.2.3) needs a common clock, so it counts as not sent.
    return int(retry_after) if retry_after is not None and retry_after.isdecimal() else None
