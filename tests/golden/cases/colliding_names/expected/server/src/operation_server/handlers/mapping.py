"""Handlers of the mapping group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class MappingGroup:
    """Six."""

    async def build_server(self, context: Context) -> int | None:
        """Build."""
        raise NotImplementedError
