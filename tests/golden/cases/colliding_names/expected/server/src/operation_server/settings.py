"""What operation reads from its environment.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ._runtime.server.settings import SettingField, read_environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What operation is set up with."""

    os_: str = "linux"
    field_: list[Any] = field(default_factory=list[Any])
    dataclass: dict[str, Any] = field(default_factory=lambda: {"a": 1})
    self: int | None = None
    from_environment_: bool = True

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings. Raises `SettingsError`, which names every variable that is missing or wrong."""
        return cls(**read_environment(_FIELDS, environ))


_FIELDS = (
    SettingField("os_", "OPERATION_OS", {"type": "string"}, default="linux"),
    SettingField(
        "field_", "OPERATION_FIELD", {"type": "array", "items": {"type": "string"}}, default=[]
    ),
    SettingField("dataclass", "OPERATION_DATACLASS", {"type": "object"}, default={"a": 1}),
    SettingField("self", "OPERATION_SELF", {"type": "integer"}, optional=True),
    SettingField(
        "from_environment_", "OPERATION_FROM_ENVIRONMENT", {"type": "boolean"}, default=True
    ),
)
