"""Handlers of the target group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Any

from ..contract import Context


class TargetGroup:
    """Five."""

    async def handlers(self, context: Context) -> Any:
        """Handlers."""
        raise NotImplementedError
