"""Handlers of the locks group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import Code


class Locks:
    """Doors with codes."""

    async def open(self, code: Code, context: Context) -> None:
        """Open a lock."""
        raise NotImplementedError

    async def state(self, context: Context) -> bool:
        """Whether it is open."""
        raise NotImplementedError
