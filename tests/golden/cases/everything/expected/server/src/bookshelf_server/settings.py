"""What Bookshelf reads from its environment.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from ._runtime.server.settings import SettingField, read_environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What Bookshelf is set up with."""

    issuer: str
    """Who gives out tokens."""
    public_url: str = "https://library.example.com/mcp"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "issuer",
        "BOOKSHELF_ISSUER",
        {"type": "string", "format": "uri"},
        description="Who gives out tokens.",
    ),
    SettingField(
        "public_url",
        "BOOKSHELF_PUBLIC_URL",
        {"type": "string", "format": "uri"},
        default="https://library.example.com/mcp",
    ),
)
