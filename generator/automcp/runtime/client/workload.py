"""Logs a workload in by the identity that its platform gives it: `WorkloadIdentity`."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from math import inf

import anyio
import httpx2
from mcp.client.auth import OAuthFlowError, OAuthTokenError
from mcp.client.auth.utils import (
    build_oauth_authorization_server_metadata_discovery_urls,
    handle_auth_metadata_response,
    handle_token_response_scopes,
    validate_metadata_issuer,
)
from mcp.shared.auth import OAuthToken

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_MARGIN = 30.0
_ERROR = re.compile(r'"error"\s*:\s*"(\w{1,50})"')


class WorkloadIdentity(httpx2.Auth):
    """Exchanges a token of the platform (of Kubernetes, of a cloud) for one of the server's issuer.

    For `HttpServer(url=..., auth=WorkloadIdentity(...))`. The grant is RFC 7523, section 2.1, as workload
    identity federation for MCP has it (SEP-1933). What the issuer refuses is not asked for again.
    """

    def __init__(
        self,
        issuer: str,
        client_id: str,
        assertion: Callable[[], Awaitable[str]],
        *,
        resource: str,
        scope: str | None = None,
    ) -> None:
        """Have no token yet.

        Args:
            issuer: Who issues the server's tokens. Its metadata has to name it in just these letters (RFC 8414).
            assertion: Gives the platform's token, a JWT whose audience is the issuer.
            resource: The server's address, which the token is to be for (RFC 8707).
            scope: What is asked for, separated by spaces.
        """
        self._issuer = issuer
        self._assertion = assertion
        self._asked = {"grant_type": _GRANT, "client_id": client_id, "resource": resource}
        if scope:
            self._asked["scope"] = scope
        self._lock = anyio.Lock()
        self._token: str | None = None
        self._until = 0.0

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Send `request` with a token, with a new one if the server does not take it.

        Raises:
            OAuthFlowError: The issuer has no metadata, or another's, or gives no token.
        """
        token = await self._usable_token(None)
        response = yield _with(request, token)
        if response.status_code == 401:
            yield _with(request, await self._usable_token(token))

    async def _usable_token(self, refused: str | None) -> str:
        async with self._lock:
            # Another request may have got a new one while this one waited.
            if self._token in (None, refused) or time.monotonic() >= self._until:
                async with httpx2.AsyncClient() as http:
                    granted = await self._granted(http, await self._endpoint(http))
                self._token = granted.access_token
                left = inf if granted.expires_in is None else granted.expires_in - _MARGIN
                self._until = time.monotonic() + left
            assert self._token is not None
            return self._token

    async def _endpoint(self, http: httpx2.AsyncClient) -> str:
        for url in build_oauth_authorization_server_metadata_discovery_urls(
            self._issuer, self._issuer
        ):
            go_on, metadata = await handle_auth_metadata_response(await http.get(url))
            if metadata is not None:
                validate_metadata_issuer(metadata, self._issuer)
                return str(metadata.token_endpoint)
            if not go_on:
                break
        raise OAuthFlowError(f"the issuer {self._issuer} publishes no metadata")

    async def _granted(self, http: httpx2.AsyncClient, endpoint: str) -> OAuthToken:
        form = {**self._asked, "assertion": await self._assertion()}
        response = await http.post(endpoint, data=form)
        if response.status_code != 200:
            raise OAuthTokenError(f"the issuer {self._issuer} gives no token: {_refusal(response)}")
        return await handle_token_response_scopes(response)


def _with(request: httpx2.Request, token: str) -> httpx2.Request:
    request.headers["Authorization"] = f"Bearer {token}"
    return request


def _refusal(response: httpx2.Response) -> str:
    """The error code of RFC 6749, section 5.2, if there is one; the rest of the answer may hold anything."""
    found = _ERROR.search(response.text)
    return found[1] if found else f"HTTP status {response.status_code}"
