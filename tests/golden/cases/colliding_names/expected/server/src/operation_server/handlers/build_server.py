"""Handlers of the build_server group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class BuildServer:
    """Seven."""

    async def o(self, context: Context) -> str:
        """O."""
        raise NotImplementedError
