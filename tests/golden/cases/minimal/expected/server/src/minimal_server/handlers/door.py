"""Handlers of the door group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class Door:
    """The operations of door."""

    async def knock(self, context: Context) -> None:
        """Knock."""
        raise NotImplementedError
