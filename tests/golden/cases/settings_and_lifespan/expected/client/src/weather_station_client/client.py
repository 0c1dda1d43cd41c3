"""Calls what Weather station offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
)
from .models import ReadingsLatestResult

_SURFACE = Surface.beside(__file__)

_READINGS_LATEST = Operation[ReadingsLatestResult](
    "latest", tool="readings_latest", returns=ReadingsLatestResult, repeatable=True, timeout=1.5
)


class Readings(ErrorHandlingGroup):
    """What the instruments say."""

    async def latest(self, instrument: Literal["wind", "rain", "light"]) -> ReadingsLatestResult:
        """The latest reading of an instrument.

        Args:
            instrument: Which one.
        """
        return await self.call(_READINGS_LATEST, {"instrument": instrument})


class WeatherStationClient(AutoMCPClient):
    """Reads the instruments on the roof."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "weather-station",
            config,
            server=server,
            surface=_SURFACE,
            hooks=hooks,
            callbacks=callbacks,
        )
        self.readings = self.add_group(Readings(self, "readings", (_READINGS_LATEST,)))
