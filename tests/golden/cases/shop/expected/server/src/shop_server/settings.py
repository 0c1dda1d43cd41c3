"""What Shop reads from its environment.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from ._runtime.server.settings import SettingField, read_environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What Shop is set up with."""

    currency: Literal["EUR", "NOK", "USD"] = "EUR"
    """What amounts are in."""
    gateway_key: SecretStr | None = None
    """Key of the payment gateway."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "currency",
        "SHOP_CURRENCY",
        {"type": "string", "enum": ["EUR", "NOK", "USD"]},
        description="What amounts are in.",
        default="EUR",
    ),
    SettingField(
        "gateway_key",
        "SHOP_GATEWAY_KEY",
        {"type": "string"},
        description="Key of the payment gateway.",
        secret=True,
        optional=True,
    ),
)
