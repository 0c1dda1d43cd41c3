"""What the handlers of Shop implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.shared.model import Unset
from .models import (
    Category,
    Delivery,
    Line,
    Money,
    Order,
    OrderId,
    Product,
    Receipt,
    ReportsSalesResult,
    Sku,
)
from .settings import Settings
from .state import State

Context: TypeAlias = RequestContext[State, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class CatalogHandlers(Protocol):
    """What the shop sells."""

    def search(
        self, text: str, limit: int, in_stock: bool, context: Context
    ) -> Answer[list[Product]]:
        """Products whose name or tags hold the text, cheapest first.

        Args:
            text: What to look for.
            limit: At most so many.
            in_stock: Leave out what is sold out.
        """
        ...

    def product(self, sku: Sku, context: Context) -> Answer[Product]:
        """The product with that SKU.

        Args:
            sku: Its SKU.

        Raises:
            UnknownProduct: The catalogue has no product with that SKU.
        """
        ...

    def categories(self, context: Context) -> Answer[Category]:
        """All shelves, as a tree."""
        ...


class OrdersHandlers(Protocol):
    """Placing orders and following them."""

    def create(
        self,
        customer: str,
        lines: list[Line],
        delivery: Delivery,
        note: str | None,
        context: Context,
    ) -> Answer[Order]:
        """Reserves the stock and opens an order.

        Args:
            customer: Who orders.
            lines: What is ordered.
            delivery: How it gets to the customer.
            note: A word to the packer.

        Raises:
            UnknownProduct: The catalogue has no product with that SKU.
            OutOfStock: Fewer items are left than were asked for.
        """
        ...

    def read(self, id: OrderId, context: Context) -> Answer[Order]:
        """The order with that id.

        Args:
            id: Its id.

        Raises:
            OrderNotFound: There is no order with that id.
        """
        ...

    def annotate(self, id: OrderId, note: str | Unset | None, context: Context) -> Answer[Order]:
        """Sets the note of an order; null takes it away, leaving it out keeps it.

        Args:
            id: Its id.
            note: The new note.

        Raises:
            OrderNotFound: There is no order with that id.
        """
        ...

    def cancel(self, id: OrderId, context: Context) -> Answer[Order]:
        """Gives the stock back. What has shipped cannot be cancelled.

        Args:
            id: Its id.

        Raises:
            OrderNotFound: There is no order with that id.
            AlreadyShipped: The order has left the house.
        """
        ...


class PaymentsHandlers(Protocol):
    """Money in."""

    def pay(self, order: OrderId, amount: Money, card: str, context: Context) -> Answer[Receipt]:
        """Takes the money through the payment gateway.

        Args:
            order: Which order.
            amount: How much; must be the order's total.
            card: Card number.

        Raises:
            OrderNotFound: There is no order with that id.
            Declined: The payment was refused.
            GatewayBusy: The payment gateway has no time; ask again.
        """
        ...

    def rate(self, to: str, context: Context) -> Answer[int | float]:
        """What one unit of the shop's currency is worth elsewhere.

        Args:
            to: Currency code.

        Raises:
            GatewayBusy: The payment gateway has no time; ask again.
        """
        ...


class ReportsHandlers(Protocol):
    """What happened."""

    def sales(self, from_: str, days: int, context: Context) -> Answer[ReportsSalesResult]:
        """Adds up the orders, day by day, and says how far it is.

        Args:
            from_: First day.
            days: How many days.
        """
        ...

    def footfall(self, door: Literal["north", "south"], context: Context) -> Answer[int]:
        """Asks the door counter, which is slow and sometimes does not answer.

        Args:
            door: Which door.
        """
        ...


class Handlers(Protocol):
    """Everything that the Shop server needs from you."""

    @property
    def catalog(self) -> CatalogHandlers: ...

    @property
    def orders(self) -> OrdersHandlers: ...

    @property
    def payments(self) -> PaymentsHandlers: ...

    @property
    def reports(self) -> ReportsHandlers: ...
