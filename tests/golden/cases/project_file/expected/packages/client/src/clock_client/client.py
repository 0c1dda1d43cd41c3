"""Calls what clock offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

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

_SURFACE = Surface.beside(__file__)

_TIME_NOW = Operation[str]("now", tool="time_now", returns=str, repeatable=True)


class Time(ErrorHandlingGroup):
    """What the clock says."""

    async def now(self) -> str:
        """The time of day."""
        return await self.call(_TIME_NOW)


class ClockClient(AutoMCPClient):
    """A typed client of clock."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "clock", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.time = self.add_group(Time(self, "time", (_TIME_NOW,)))
