"""Handlers of the app group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import AppHandlers2, AppModel


class AppGroup:
    """Two."""

    async def context(self, context_: AppModel, self_: float, context: Context) -> AppHandlers2:
        """Context."""
        raise NotImplementedError
