"""What the spec says that the rooms group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.server.result import Contents, Messages
from ..backends import Backends
from ..contract import Context


class BoundRooms:
    """Where to read."""

    def __init__(self, backends: Backends) -> None:
        self._reading_room = backends.reading_room

    async def seats(self, path: str, tags: Sequence[str], context: Context) -> Contents:
        """The free seats."""
        return await self._reading_room.read(
            "rooms://{+path}/seats{?tags*}", context, {"path": path, "tags": tags}
        )

    async def quiet(self, context: Context) -> Messages:
        """Ask for silence."""
        return await self._reading_room.prompt("rooms_quiet", context)
