"""What the operations of Branch work with.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from ._runtime.bound.backends import OpenBackends
from ._runtime.bound.values import revealed, text
from ._runtime.proxy.server import McpServer
from .settings import Settings


@dataclass(frozen=True)
class Backends(OpenBackends):
    """Each connects when it is first used; all are closed when the server stops."""

    catalogue: McpServer
    """All books."""
    reading_room: McpServer

    @classmethod
    def of(cls, settings: Settings) -> Backends:
        """The backends that the settings tell of."""
        return cls(
            catalogue=McpServer(
                url=f"{settings.catalogue_url}",
                name="branch",
                headers={"Authorization": text("Bearer ", revealed(settings.catalogue_token))},
            ),
            reading_room=McpServer(
                ["uvx", "reading-room", "--quiet"],
                name="branch",
                folder="/srv",
                environment={"ROOM": "{1}"},
            ),
        )
