"""Money in."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract import Context
from ..errors import Declined, GatewayBusy, OrderNotFound
from ..models import DeclinedData, OrderNotFoundData, Receipt

_RATES = {"EUR": 1.0, "NOK": 11.7, "USD": 1.16, "JPY": 170.0}


@dataclass
class Gateway:
    """A payment gateway that is busy for its first calls.

    Attributes:
        busy: How many calls it will still turn away.
        calls: How many calls reached it.
    """

    busy: int = 0
    calls: int = 0

    def admit(self) -> bool:
        """Count a call; `False` if the gateway has no time for it."""
        self.calls += 1
        if self.busy:
            self.busy -= 1
            return False
        return True


class Payments:
    """Payments, through a gateway that is sometimes busy."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def pay(self, order: str, amount: int, card: str, context: Context) -> Receipt:
        known = context.state.orders.get(order)
        if known is None:
            raise OrderNotFound(data=OrderNotFoundData(id=order))
        if not self._gateway.admit():
            raise GatewayBusy
        if amount != known.total:
            raise Declined(data=DeclinedData(reason="wrong_amount"))
        if card.endswith("0000"):
            raise Declined(data=DeclinedData(reason="no_funds"))
        context.state.orders[order] = known.model_copy(update={"state": "paid"})
        return Receipt(order=order, paid=amount, currency=context.settings.currency)

    async def rate(self, to: str, context: Context) -> float:
        if not self._gateway.admit():
            raise GatewayBusy
        return _RATES.get(to, 1.0) / _RATES[context.settings.currency]
