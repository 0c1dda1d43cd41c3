"""Handlers of the payments group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import Money, OrderId, Receipt


class Payments:
    """Money in."""

    async def pay(self, order: OrderId, amount: Money, card: str, context: Context) -> Receipt:
        """Takes the money through the payment gateway."""
        raise NotImplementedError

    async def rate(self, to: str, context: Context) -> int | float:
        """What one unit of the shop's currency is worth elsewhere."""
        raise NotImplementedError
