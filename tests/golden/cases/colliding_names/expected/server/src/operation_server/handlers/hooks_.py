"""Handlers of the hooks_ group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class HooksGroup:
    """Nine."""

    async def o(self, context: Context) -> None:
        """O."""
        raise NotImplementedError
