"""What Branch reads from its environment.

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
    """What Branch is set up with."""

    catalogue_url: str = "https://catalogue.example.com/mcp"
    """Where the catalogue is."""
    catalogue_token: SecretStr | None = None
    """Lets the catalogue know who asks."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "catalogue_url",
        "BRANCH_CATALOGUE_URL",
        {"type": "string"},
        description="Where the catalogue is.",
        default="https://catalogue.example.com/mcp",
    ),
    SettingField(
        "catalogue_token",
        "BRANCH_CATALOGUE_TOKEN",
        {"type": "string"},
        description="Lets the catalogue know who asks.",
        secret=True,
        optional=True,
    ),
)
