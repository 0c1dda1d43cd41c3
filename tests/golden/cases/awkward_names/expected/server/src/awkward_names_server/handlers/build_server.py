"""Handlers of the build_server group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class BuildServer:
    """A name in the compiled module."""

    async def close(self, context: Context) -> None:
        """A name in the client's runtime."""
        raise NotImplementedError
