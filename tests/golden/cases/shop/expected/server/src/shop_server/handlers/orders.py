"""Handlers of the orders group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from .._runtime.shared.model import Unset
from ..contract import Context
from ..models import Delivery, Line, Order, OrderId


class Orders:
    """Placing orders and following them."""

    async def create(
        self,
        customer: str,
        lines: list[Line],
        delivery: Delivery,
        note: str | None,
        context: Context,
    ) -> Order:
        """Reserves the stock and opens an order."""
        raise NotImplementedError

    async def read(self, id: OrderId, context: Context) -> Order:
        """The order with that id."""
        raise NotImplementedError

    async def annotate(self, id: OrderId, note: str | Unset | None, context: Context) -> Order:
        """Sets the note of an order; null takes it away, leaving it out keeps it."""
        raise NotImplementedError

    async def cancel(self, id: OrderId, context: Context) -> Order:
        """Gives the stock back."""
        raise NotImplementedError
