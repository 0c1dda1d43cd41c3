"""What Weather station reads from its environment.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from ._runtime.server.settings import SettingField, read_environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What Weather station is set up with."""

    port: int = 8080
    """Where the logger listens."""
    token: SecretStr
    """Opens the logger."""
    offset: int | float | None = None
    """Degrees that the thermometer is off."""
    instruments: list[Any] = field(default_factory=lambda: ["wind", "rain"])
    indoors: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField(
        "port",
        "WEATHER_STATION_PORT",
        {"type": "integer", "maximum": 65535, "minimum": 1},
        description="Where the logger listens.",
        default=8080,
    ),
    SettingField(
        "token",
        "STATION_LOGGER_TOKEN",
        {"type": "string"},
        description="Opens the logger.",
        secret=True,
    ),
    SettingField(
        "offset",
        "WEATHER_STATION_OFFSET",
        {"type": "number"},
        description="Degrees that the thermometer is off.",
        optional=True,
    ),
    SettingField(
        "instruments",
        "WEATHER_STATION_INSTRUMENTS",
        {"type": "array", "items": {"enum": ["wind", "rain", "light"]}},
        default=["wind", "rain"],
    ),
    SettingField("indoors", "WEATHER_STATION_INDOORS", {"type": "boolean"}, default=False),
)
