"""What `fastmcp.server.auth` and its modules offered."""

from __future__ import annotations

from typing import Any

from fastmcp.server.auth import JWTVerifier

from .elsewhere import found


class BearerAuthProvider(JWTVerifier):
    """Tokens that are checked by a key."""

    def __init__(self, **words: Any) -> None:
        words.pop("resource_server_url", None)
        super().__init__(**words)


def __getattr__(name: str) -> Any:
    return found(
        name,
        "fastmcp.server.auth",
        "fastmcp.server.auth.auth",
        "fastmcp.server.auth.providers.jwt",
        "fastmcp.utilities.authorization",
    )
