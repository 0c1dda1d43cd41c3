"""What pet-api reads from its environment.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from ._runtime.server.settings import SettingField, read_environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What pet-api is set up with."""

    base_url: str = "https://api.example.com/v1"
    """Where the API is."""
    search_host: str = "search.example.com"
    token: SecretStr | None = None
    """From your account."""
    user: str | None = None
    password: SecretStr | None = None
    api_key: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    tenant: str = "main"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "base_url",
        "PET_API_BASE_URL",
        {"type": "string", "format": "uri"},
        description="Where the API is.",
        default="https://api.example.com/v1",
    ),
    SettingField(
        "search_host", "PET_API_SEARCH_HOST", {"type": "string"}, default="search.example.com"
    ),
    SettingField(
        "token",
        "PET_API_TOKEN",
        {"type": "string"},
        description="From your account.",
        secret=True,
        optional=True,
    ),
    SettingField("user", "PET_API_USER", {"type": "string"}, optional=True),
    SettingField("password", "PET_API_PASSWORD", {"type": "string"}, secret=True, optional=True),
    SettingField("api_key", "PET_API_API_KEY", {"type": "string"}, secret=True, optional=True),
    SettingField("client_id", "PET_API_CLIENT_ID", {"type": "string"}, optional=True),
    SettingField(
        "client_secret", "PET_API_CLIENT_SECRET", {"type": "string"}, secret=True, optional=True
    ),
    SettingField("tenant", "PET_API_TENANT", {"type": "string"}, default="main"),
)
