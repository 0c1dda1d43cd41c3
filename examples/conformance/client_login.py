"""How the conformance client logs in: a provider of the SDK for each way, as a generated client takes any."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from automcp.runtime.client.workload import WorkloadIdentity
from mcp.client.auth import OAuthClientProvider
from mcp.client.auth.extensions.client_credentials import (
    ClientCredentialsOAuthProvider,
    PrivateKeyJWTOAuthProvider,
    SignedJWTParameters,
)
from mcp.client.auth.extensions.identity_assertion import IdentityAssertionOAuthProvider
from mcp.client.auth.utils import build_protected_resource_metadata_discovery_urls
from mcp.shared.auth import (
    AuthorizationCodeResult,
    OAuthClientInformationFull,
    OAuthClientMetadata,
    OAuthToken,
)
from pydantic import AnyUrl

_CALLBACK = AnyUrl("http://localhost:3000/callback")
_CLIENT_DOCUMENT = "https://conformance-test.local/client-metadata.json"
_ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"


async def provider(scenario: str, url: str, given: Mapping[str, Any]) -> httpx2.Auth:
    """What logs in to the server at `url` as the scenario wants; `given` is what the suite gave it."""
    match scenario:
        case "auth/client-credentials-basic":
            return ClientCredentialsOAuthProvider(
                server_url=url,
                storage=Memory(),
                client_id=given["client_id"],
                client_secret=given["client_secret"],
                issuer=await _issuer(url),
            )
        case "auth/client-credentials-jwt":
            signed = SignedJWTParameters(
                issuer=given["client_id"],
                subject=given["client_id"],
                signing_algorithm=given.get("signing_algorithm", "ES256"),
                signing_key=given["private_key_pem"],
            )
            return PrivateKeyJWTOAuthProvider(
                server_url=url,
                storage=Memory(),
                client_id=given["client_id"],
                assertion_provider=signed.create_assertion_provider(),
                issuer=await _issuer(url),
            )
        case "auth/enterprise-managed-authorization":
            return await _enterprise(url, given)
        case "auth/wif-jwt-bearer":
            return WorkloadIdentity(
                await _issuer(url), given["client_id"], _ready(given["valid_jwt"]), resource=url
            )
        case _:
            return _authorization_code(url, given)


class Memory:
    """Keeps tokens and registrations for as long as the process runs."""

    def __init__(self, client: OAuthClientInformationFull | None = None) -> None:
        self._client = client
        self._tokens: OAuthToken | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self._tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self._tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self._client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self._client = client_info


class Browser:
    """A user who agrees at once: opens the authorization page, and is sent back from there."""

    def __init__(self) -> None:
        self._sent_back_to = ""

    async def open(self, url: str) -> None:
        async with httpx2.AsyncClient() as http:
            response = await http.get(url, follow_redirects=False)
        self._sent_back_to = response.headers["location"]

    async def come_back(self) -> AuthorizationCodeResult:
        query = parse_qs(urlsplit(self._sent_back_to).query)
        said = {name: query[name][0] for name in ("code", "state", "iss") if name in query}
        return AuthorizationCodeResult(**said)


def _authorization_code(url: str, given: Mapping[str, Any]) -> OAuthClientProvider:
    registered = None
    if "client_id" in given:
        secret = given.get("client_secret")
        registered = OAuthClientInformationFull(
            client_id=given["client_id"],
            client_secret=secret,
            redirect_uris=[_CALLBACK],
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
        )
    browser = Browser()
    return OAuthClientProvider(
        server_url=url,
        client_metadata=OAuthClientMetadata(
            client_name="conformance-client",
            redirect_uris=[_CALLBACK],
            grant_types=["authorization_code", "refresh_token"],
            response_types=["code"],
        ),
        storage=Memory(registered),
        redirect_handler=browser.open,
        callback_handler=browser.come_back,
        client_metadata_url=_CLIENT_DOCUMENT,
    )


async def _enterprise(url: str, given: Mapping[str, Any]) -> IdentityAssertionOAuthProvider:
    async def assertion(audience: str, resource: str) -> str:
        """Exchange the user's identity token at the company for one that the server's issuer takes (RFC 8693)."""
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "requested_token_type": _ID_JAG,
            "subject_token": given["idp_id_token"],
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
            "audience": audience,
            "resource": resource,
            "client_id": given["idp_client_id"],
        }
        async with httpx2.AsyncClient() as http:
            response = await http.post(given["idp_token_endpoint"], data=form)
        return str(response.raise_for_status().json()["access_token"])

    return IdentityAssertionOAuthProvider(
        server_url=url,
        storage=Memory(),
        client_id=given["client_id"],
        client_secret=given["client_secret"],
        issuer=await _issuer(url),
        assertion_provider=assertion,
        token_endpoint_auth_method="client_secret_basic",
    )


def _ready(token: str) -> Callable[[], Awaitable[str]]:
    async def give() -> str:
        return token

    return give


async def _issuer(url: str) -> str:
    """Who issues tokens for the server (RFC 9728); elsewhere this is configuration, but the suite says it nowhere."""
    async with httpx2.AsyncClient() as http:
        response = await http.get(build_protected_resource_metadata_discovery_urls(None, url)[0])
    return str(response.raise_for_status().json()["authorization_servers"][0])
