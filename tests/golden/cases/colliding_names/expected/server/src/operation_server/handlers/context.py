"""Handlers of the context group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import OperationClient2


class ContextGroup:
    """Three."""

    async def list_(self, context: Context) -> list[OperationClient2]:
        """List."""
        raise NotImplementedError
