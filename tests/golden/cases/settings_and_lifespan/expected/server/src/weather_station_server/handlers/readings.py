"""Handlers of the readings group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Literal

from ..contract import Context
from ..models import ReadingsLatestResult


class Readings:
    """What the instruments say."""

    async def latest(
        self,
        instrument: Literal["wind", "rain", "light"],
        context: Context,
    ) -> ReadingsLatestResult:
        """The latest reading of an instrument."""
        raise NotImplementedError
