"""Access tokens that the server gets with its own credentials (OAuth 2.0, RFC 6749, section 4.4)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import cast

import anyio
import httpx2
import pydantic_core

from ..shared.failure import BackendError
from ..shared.model import Unset
from .problem import detail_of
from .schemes import Proof, Secret
from .words import escaped

_MARGIN = 30
"""Seconds before its end from which on a token is not used any more: requests take time, and clocks differ."""

_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    ends: float


@dataclass
class ClientCredentials:
    """A token for the server itself, fetched when the first request needs it and kept until shortly before it ends.

    Attributes:
        token_url: Where tokens are; fixed by the spec and the settings, and no redirect is followed from it.
        variables: The environment variables that configure it.
    """

    token_url: str
    client_id: Secret
    client_secret: Secret = field(repr=False)
    scopes: Sequence[str] = ()
    variables: tuple[str, ...] = ()
    connect: Callable[[], httpx2.AsyncClient] = field(default=httpx2.AsyncClient, repr=False)
    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    _token: _Token | None = field(default=None, init=False, repr=False)
    _fetching: anyio.Lock = field(default_factory=anyio.Lock, init=False, repr=False)

    @property
    def configured(self) -> bool:
        return bool(self.client_id) and not isinstance(self.client_secret, Unset)

    async def prove(self, proof: Proof) -> None:
        # However many requests wait for a token, one of them fetches it.
        async with self._fetching:
            token = self._token
            if token is None or token.ends <= self.now():
                token = self._token = await self._fetch()
        proof.authorize("Bearer", token.text)
        proof.secrets.append(str(self.client_secret))
        proof.renewable.append(self)

    def forget(self, said: Sequence[str]) -> None:
        """Fetch a new token the next time, unless another request has done so since `said` was sent."""
        if self._token is not None and self._token.text in said:
            self._token = None

    async def _fetch(self) -> _Token:
        form = "grant_type=client_credentials"
        if self.scopes:
            form += f"&scope={escaped(' '.join(self.scopes))}"
        # RFC 6749, section 2.3.1: both are form-encoded before they become a user and a password.
        auth = httpx2.BasicAuth(escaped(str(self.client_id)), escaped(str(self.client_secret)))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        try:
            async with (
                self.connect() as client,
                client.stream(
                    "POST", self.token_url, content=form, headers=headers, auth=auth
                ) as response,
            ):
                content = await _body(response)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise BackendError(
                f"no token could be had for the API: {type(error).__name__}", retryable=True
            ) from error
        return self._read(response.status_code, content)

    def _read(self, status: int, content: bytes) -> _Token:
        if status != 200:
            detail = detail_of(content, "application/json").replace(str(self.client_secret), "***")
            said = f"no token could be had for the API: its token endpoint answered {status}"
            raise BackendError(f"{said}: {detail}" if detail else said, retryable=status >= 500)
        try:
            answer = pydantic_core.from_json(content)
        except ValueError:
            answer = None
        members = cast("dict[str, object]", answer if isinstance(answer, dict) else {})
        token, seconds = members.get("access_token"), members.get("expires_in")
        if not isinstance(token, str) or not token or not token.isprintable():
            raise BackendError("the token endpoint of the API answered without an access token")
        if str(members.get("token_type", "bearer")).lower() != "bearer":
            raise BackendError("the token endpoint of the API gives no bearer tokens")
        return _Token(token, self._end(seconds))

    def _end(self, seconds: object) -> float:
        try:
            lasts = float(cast("float", seconds))
        except (TypeError, ValueError, OverflowError):
            return inf
        # Of a short life a tenth is kept back, else it would be over before it began.
        return self.now() + lasts - min(_MARGIN, lasts / 10)


async def _body(response: httpx2.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > _MOST_BYTES:
            raise BackendError("the token endpoint of the API answers without an end")
    return bytes(content)
