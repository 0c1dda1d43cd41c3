"""Handlers of the surface_ group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Any, Literal

from ..contract import Context


class SurfaceGroup:
    """Four."""

    async def import_(self, arguments: dict[str, Any], context: Context) -> None:
        """Import."""
        raise NotImplementedError

    async def print(self, kinds: list[Literal["x", "y", "z"]], context: Context) -> None:
        """Print."""
        raise NotImplementedError
