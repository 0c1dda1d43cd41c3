"""Handlers of the rooms group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..bindings.rooms import BoundRooms
from ..contract import Context


class Rooms(BoundRooms):
    """Where to read."""

    async def rules(self, context: Context) -> str:
        """What is allowed."""
        raise NotImplementedError
