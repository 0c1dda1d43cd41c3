"""Handlers of the operation group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import OperationModel


class OperationGroup:
    """One."""

    async def call_(self, surface: str, context: Context) -> OperationModel:
        """Call."""
        raise NotImplementedError

    async def execute_(self, context: Context) -> None:
        """Execute."""
        raise NotImplementedError
