"""What Shop reads from its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from automcp.runtime.server.settings import SettingField, read_environment
from pydantic import SecretStr


@dataclass(frozen=True)
class Settings:
    currency: str
    api_key: SecretStr | None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Raises `SettingsError`, which lists every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField("currency", "SHOP_CURRENCY", {"type": "string"}, default="EUR"),
    SettingField("api_key", "SHOP_API_KEY", {"type": "string"}, secret=True, optional=True),
)
