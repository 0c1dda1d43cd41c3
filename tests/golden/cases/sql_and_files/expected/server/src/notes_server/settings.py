"""What Notes reads from its environment.

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
    """What Notes is set up with."""

    database: str = "sqlite:notes.db"
    """Where the notes are."""
    docs: str = "docs"
    """The folder of the documents."""
    password: SecretStr
    """Of the archive."""
    owner: str | None = None
    """Whose notes are shown; everybody's without it."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "database",
        "NOTES_DATABASE",
        {"type": "string"},
        description="Where the notes are.",
        default="sqlite:notes.db",
    ),
    SettingField(
        "docs",
        "NOTES_DOCS",
        {"type": "string"},
        description="The folder of the documents.",
        default="docs",
    ),
    SettingField(
        "password", "NOTES_PASSWORD", {"type": "string"}, description="Of the archive.", secret=True
    ),
    SettingField(
        "owner",
        "NOTES_OWNER",
        {"type": "string"},
        description="Whose notes are shown; everybody's without it.",
        optional=True,
    ),
)
