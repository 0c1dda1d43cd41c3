"""What the operations of pet-api work with.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from ._runtime.bound.backends import OpenBackends
from ._runtime.bound.values import revealed
from ._runtime.http.api import HttpApi
from ._runtime.http.headers import header
from ._runtime.http.schemes import ApiKey, Basic, Bearer
from ._runtime.http.tokens import ClientCredentials
from ._runtime.shared.model import given
from .settings import Settings


@dataclass(frozen=True)
class Backends(OpenBackends):
    """Each connects when it is first used; all are closed when the server stops."""

    api: HttpApi
    """The shop."""
    search: HttpApi

    @classmethod
    def of(cls, settings: Settings) -> Backends:
        """The backends that the settings tell of."""
        return cls(
            api=HttpApi(
                settings.base_url,
                schemes={
                    "token": Bearer(revealed(settings.token), variables=("PET_API_TOKEN",)),
                    "login": Basic(
                        given(settings.user),
                        revealed(settings.password),
                        variables=("PET_API_USER", "PET_API_PASSWORD"),
                    ),
                    "key": ApiKey(
                        "header",
                        "X-Api-Key",
                        revealed(settings.api_key),
                        variables=("PET_API_API_KEY",),
                    ),
                    "query_key": ApiKey(
                        "query",
                        "api_key",
                        revealed(settings.api_key),
                        variables=("PET_API_API_KEY",),
                    ),
                    "cookie_key": ApiKey(
                        "cookie", "sid", revealed(settings.api_key), variables=("PET_API_API_KEY",)
                    ),
                    "client": ClientCredentials(
                        f"{settings.base_url}/token",
                        given(settings.client_id),
                        revealed(settings.client_secret),
                        scopes=("read", "write"),
                        variables=("PET_API_CLIENT_ID", "PET_API_CLIENT_SECRET"),
                    ),
                },
                auth=(("token",), ("key", "login"), ()),
                headers=[header("X-Tenant", settings.tenant), header("X-Source", "mcp")],
                agent="pet-api/1.2.0",
                timeout=20,
                retries=1,
            ),
            search=HttpApi(f"https://{settings.search_host}/api", agent="pet-api/1.2.0"),
        )
