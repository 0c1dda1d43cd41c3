"""What the operations of Weather station take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal

from ._runtime.shared.model import Model


class ReadingsLatestParams(Model):
    """What readings.latest takes."""

    instrument: Literal["wind", "rain", "light"]
    """Which one."""


class ReadingsLatestResult(Model):
    value: int | float
