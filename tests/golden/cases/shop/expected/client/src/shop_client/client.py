"""Calls what Shop offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._runtime.client import (
    UNSET,
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    Unset,
    given,
)
from .errors import AlreadyShipped, Declined, GatewayBusy, OrderNotFound, OutOfStock, UnknownProduct
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

_SURFACE = Surface.beside(__file__)

_CATALOG_SEARCH = Operation[list[Product]](
    "search", tool="catalog_search", returns=list[Product], repeatable=True
)

_CATALOG_PRODUCT = Operation[Product](
    "product", tool="catalog_product", returns=Product, repeatable=True, errors=(UnknownProduct,)
)

_CATALOG_CATEGORIES = Operation[Category](
    "categories", tool="catalog_categories", returns=Category, repeatable=True
)


class Catalog(ErrorHandlingGroup):
    """What the shop sells."""

    async def search(self, text: str, limit: int = 10, in_stock: bool = False) -> list[Product]:
        """Products whose name or tags hold the text, cheapest first.

        Args:
            text: What to look for.
            limit: At most so many.
            in_stock: Leave out what is sold out.
        """
        return await self.call(
            _CATALOG_SEARCH, {"text": text, "limit": limit, "in_stock": in_stock}
        )

    async def product(self, sku: Sku) -> Product:
        """The product with that SKU.

        Args:
            sku: Its SKU.

        Raises:
            UnknownProduct: The catalogue has no product with that SKU.
        """
        return await self.call(_CATALOG_PRODUCT, {"sku": sku})

    async def categories(self) -> Category:
        """All shelves, as a tree."""
        return await self.call(_CATALOG_CATEGORIES)


_ORDERS_CREATE = Operation[Order](
    "create",
    tool="orders_create",
    returns=Order,
    repeatable=False,
    errors=(UnknownProduct, OutOfStock),
)

_ORDERS_READ = Operation[Order](
    "read", tool="orders_read", returns=Order, repeatable=True, errors=(OrderNotFound,)
)

_ORDERS_ANNOTATE = Operation[Order](
    "annotate", tool="orders_annotate", returns=Order, repeatable=True, errors=(OrderNotFound,)
)

_ORDERS_CANCEL = Operation[Order](
    "cancel",
    tool="orders_cancel",
    returns=Order,
    repeatable=True,
    errors=(OrderNotFound, AlreadyShipped),
)


class Orders(ErrorHandlingGroup):
    """Placing orders and following them."""

    async def create(
        self, customer: str, lines: list[Line], delivery: Delivery, note: str | None = None
    ) -> Order:
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
        return await self.call(
            _ORDERS_CREATE,
            {"customer": customer, "lines": lines, "delivery": delivery, "note": given(note)},
        )

    async def read(self, id: OrderId) -> Order:
        """The order with that id.

        Args:
            id: Its id.

        Raises:
            OrderNotFound: There is no order with that id.
        """
        return await self.call(_ORDERS_READ, {"id": id})

    async def annotate(self, id: OrderId, note: str | Unset | None = UNSET) -> Order:
        """Sets the note of an order; null takes it away, leaving it out keeps it.

        Args:
            id: Its id.
            note: The new note.

        Raises:
            OrderNotFound: There is no order with that id.
        """
        return await self.call(_ORDERS_ANNOTATE, {"id": id, "note": note})

    async def cancel(self, id: OrderId) -> Order:
        """Gives the stock back. What has shipped cannot be cancelled.

        Args:
            id: Its id.

        Raises:
            OrderNotFound: There is no order with that id.
            AlreadyShipped: The order has left the house.
        """
        return await self.call(_ORDERS_CANCEL, {"id": id})


_PAYMENTS_PAY = Operation[Receipt](
    "pay",
    tool="payments_pay",
    returns=Receipt,
    repeatable=False,
    errors=(OrderNotFound, Declined, GatewayBusy),
    timeout=5,
)

_PAYMENTS_RATE = Operation[int | float](
    "rate",
    tool="payments_rate",
    returns=int | float,
    repeatable=True,
    errors=(GatewayBusy,),
    timeout=2,
)


class Payments(ErrorHandlingGroup):
    """Money in."""

    async def pay(self, order: OrderId, amount: Money, card: str) -> Receipt:
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
        return await self.call(_PAYMENTS_PAY, {"order": order, "amount": amount, "card": card})

    async def rate(self, to: str) -> int | float:
        """What one unit of the shop's currency is worth elsewhere.

        Args:
            to: Currency code.

        Raises:
            GatewayBusy: The payment gateway has no time; ask again.
        """
        return await self.call(_PAYMENTS_RATE, {"to": to})


_REPORTS_SALES = Operation[ReportsSalesResult](
    "sales", tool="reports_sales", returns=ReportsSalesResult, repeatable=True, timeout=30
)

_REPORTS_FOOTFALL = Operation[int](
    "footfall", tool="reports_footfall", returns=int, repeatable=True, timeout=0.2
)


class Reports(ErrorHandlingGroup):
    """What happened."""

    async def sales(self, from_: str, days: int = 7) -> ReportsSalesResult:
        """Adds up the orders, day by day, and says how far it is.

        Args:
            from_: First day.
            days: How many days.
        """
        return await self.call(_REPORTS_SALES, {"from": from_, "days": days})

    async def footfall(self, door: Literal["north", "south"] = "north") -> int:
        """Asks the door counter, which is slow and sometimes does not answer.

        Args:
            door: Which door.
        """
        return await self.call(_REPORTS_FOOTFALL, {"door": door})


class ShopClient(AutoMCPClient):
    """A small shop with a catalogue, orders, payments and reports."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "shop", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.catalog = self.add_group(
            Catalog(self, "catalog", (_CATALOG_SEARCH, _CATALOG_PRODUCT, _CATALOG_CATEGORIES))
        )
        self.orders = self.add_group(
            Orders(self, "orders", (_ORDERS_CREATE, _ORDERS_READ, _ORDERS_ANNOTATE, _ORDERS_CANCEL))
        )
        self.payments = self.add_group(Payments(self, "payments", (_PAYMENTS_PAY, _PAYMENTS_RATE)))
        self.reports = self.add_group(Reports(self, "reports", (_REPORTS_SALES, _REPORTS_FOOTFALL)))
