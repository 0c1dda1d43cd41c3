"""Calls what minimal offers.

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

_DOOR_KNOCK = Operation[None]("knock", tool="door_knock", repeatable=False)


class Door(ErrorHandlingGroup):
    """The operations of door."""

    async def knock(self) -> None:
        """Knock."""
        await self.call(_DOOR_KNOCK)


class MinimalClient(AutoMCPClient):
    """A typed client of minimal."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "minimal", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.door = self.add_group(Door(self, "door", (_DOOR_KNOCK,)))
