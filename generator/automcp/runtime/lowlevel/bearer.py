"""Lets only callers in whose tokens the service's own code accepts."""

from __future__ import annotations

from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.settings import AuthSettings

from ..server.auth import Auth

_NOWHERE = "https://issuer.invalid"
"""The SDK wants an issuer even where nobody is told of it: without a resource URL none is published."""


class Verifier(TokenVerifier):
    """Asks `auth.verify` whose a token is."""

    def __init__(self, auth: Auth) -> None:
        self._auth = auth

    async def verify_token(self, token: str) -> AccessToken | None:
        caller = await self._auth.verify(token)
        if caller is None:
            return None
        return AccessToken(
            token=token,
            client_id=caller.client,
            subject=caller.subject,
            scopes=sorted(caller.scopes),
            resource=self._auth.resource,
        )


def settings(auth: Auth) -> AuthSettings:
    """The SDK's settings for `auth`. The token's audience is the affair of `auth.verify`."""
    return AuthSettings.model_validate(
        {
            # As texts: a URL object would end in a slash that the issuer's own name does not have (RFC 8414).
            "issuer_url": auth.issuer or _NOWHERE,
            "resource_server_url": auth.resource if auth.issuer else None,
            "required_scopes": list(auth.scopes),
            "service_documentation_url": auth.documentation,
            "validate_token_resource": False,
        }
    )
