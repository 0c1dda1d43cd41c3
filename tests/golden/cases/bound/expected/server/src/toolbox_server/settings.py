"""What Toolbox reads from its environment.

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
    """What Toolbox is set up with."""

    repository: str = "."
    """Whose history is told."""
    token: SecretStr | None = None
    """Lets git read what is not public."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "repository",
        "TOOLBOX_REPOSITORY",
        {"type": "string"},
        description="Whose history is told.",
        default=".",
    ),
    SettingField(
        "token",
        "TOOLBOX_TOKEN",
        {"type": "string"},
        description="Lets git read what is not public.",
        secret=True,
        optional=True,
    ),
)
