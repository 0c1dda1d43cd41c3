"""Handlers of the audit group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class Audit:
    """What happened."""

    async def list_all(self, context: Context) -> list[str]:
        """Every event."""
        raise NotImplementedError
