"""Who may connect over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .request import Caller

Verify = Callable[[str], Awaitable[Caller | None]]
"""Says whose a token is, or `None` if it is nobody's, or no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """Every request over HTTP must carry a token (RFC 6750). Without one, or with a wrong one: 401.

    Attributes:
        verify: Says whose a token is.
        issuer: The authorization server that gives out tokens; with it, clients find their way there
            by themselves (RFC 9728, protected resource metadata).
        resource: This server's own public URL; needed with `issuer`.
        scopes: What every token must allow; else 403.
        documentation: A page about how to get access.
    """

    verify: Verify
    issuer: str | None = None
    resource: str | None = None
    scopes: tuple[str, ...] = ()
    documentation: str | None = None

    def __post_init__(self) -> None:
        if self.issuer is not None and self.resource is None:
            raise ValueError("an issuer needs the resource, the server's own public URL")
