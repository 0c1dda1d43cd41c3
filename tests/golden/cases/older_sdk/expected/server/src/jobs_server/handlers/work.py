"""Handlers of the work group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class Work:
    """Starting work and following it."""

    async def start(self, label: str, context: Context) -> str:
        """Starts a job and waits for it."""
        raise NotImplementedError

    async def log(self, context: Context) -> str:
        """What was done."""
        raise NotImplementedError
