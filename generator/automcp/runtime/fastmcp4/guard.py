"""Lets only callers in whose tokens the service's own code accepts."""

from __future__ import annotations

from typing import Any

from fastmcp.server.auth import AccessToken, TokenVerifier
from mcp.server.auth.routes import create_protected_resource_routes
from pydantic import AnyHttpUrl, TypeAdapter
from pydantic.config import ConfigDict
from starlette.routing import Route
from typing_extensions import override

from ..server.auth import Auth

# As texts they would be: a URL must not get a slash that it does not have (RFC 8414).
_URL = TypeAdapter[AnyHttpUrl](AnyHttpUrl, config=ConfigDict(url_preserve_empty_path=True))


class Guard(TokenVerifier):
    """Asks `auth.verify` whose a token is, and tells clients where to get one."""

    def __init__(self, auth: Auth) -> None:
        super().__init__(base_url=auth.resource, required_scopes=list(auth.scopes))
        self._auth = auth

    @override
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

    @override
    def get_routes(self, mcp_path: str | None = None) -> list[Route]:
        """The page about the protected resource (RFC 9728), if there is an issuer to tell of."""
        self.set_mcp_path(mcp_path)
        resource = self._get_resource_url(mcp_path)
        if resource is None or self._auth.issuer is None:
            return []
        documentation = self._auth.documentation
        return create_protected_resource_routes(
            resource_url=resource,
            authorization_servers=[_URL.validate_python(self._auth.issuer)],
            scopes_supported=list(self._auth.scopes),
            resource_documentation=_URL.validate_python(documentation) if documentation else None,
        )

    @override
    def _get_resource_url(self, path: str | None = None) -> Any:
        # The spec says what the resource's URL is; FastMCP would make one of the path.
        return _URL.validate_python(self._auth.resource) if self._auth.resource else None
