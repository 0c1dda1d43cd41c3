"""What the operations of Shop take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from ._runtime.shared.model import ABSENT, Model

Sku: TypeAlias = str
"""Stock keeping unit, such as `TEA-001`."""


OrderId: TypeAlias = str
"""Id of an order."""


Money: TypeAlias = int
"""Cents."""


class Category(Model):
    """A shelf of the catalogue; shelves hold shelves."""

    name: str
    products: list[Sku] | None = ABSENT
    children: list[Category] | None = ABSENT


class Product(Model):
    sku: Sku
    name: str
    price: Money
    stock: int
    weight: int | float | None = None
    """Kilograms; null if nobody has weighed it."""
    tags: list[str] | None = ABSENT


class Line(Model):
    """So many of one product."""

    sku: Sku
    quantity: int = 1


class Pickup(Model):
    """The customer fetches the order."""

    kind: Literal["pickup"]
    store: str


class Courier(Model):
    """A courier brings the order."""

    kind: Literal["courier"]
    address: CourierAddress
    express: bool = False


class CourierAddress(Model):
    street: str
    city: str
    zip: str


Delivery: TypeAlias = Pickup | Courier


class Order(Model):
    id: OrderId
    customer: str
    lines: list[Line]
    delivery: Delivery
    total: Money
    state: Literal["open", "paid", "shipped", "cancelled"]
    note: str | None = ABSENT


class Receipt(Model):
    order: OrderId
    paid: Money
    currency: str


class UnknownProductData(Model):
    sku: Sku


class OutOfStockData(Model):
    sku: Sku
    available: int
    """How many are left."""


class OrderNotFoundData(Model):
    id: OrderId


class DeclinedData(Model):
    reason: Literal["no_funds", "expired", "wrong_amount"]


class CatalogSearchParams(Model):
    """What catalog.search takes."""

    text: str
    """What to look for."""
    limit: int = 10
    """At most so many."""
    in_stock: bool = False
    """Leave out what is sold out."""


class CatalogProductParams(Model):
    """What catalog.product takes."""

    sku: Sku
    """Its SKU."""


class OrdersCreateParams(Model):
    """What orders.create takes."""

    customer: str
    """Who orders."""
    lines: list[Line]
    """What is ordered."""
    delivery: Delivery
    """How it gets to the customer."""
    note: str | None = ABSENT
    """A word to the packer."""


class OrdersReadParams(Model):
    """What orders.read takes."""

    id: OrderId
    """Its id."""


class OrdersAnnotateParams(Model):
    """What orders.annotate takes."""

    id: OrderId
    """Its id."""
    note: str | None = None
    """The new note."""


class OrdersCancelParams(Model):
    """What orders.cancel takes."""

    id: OrderId
    """Its id."""


class PaymentsPayParams(Model):
    """What payments.pay takes."""

    order: OrderId
    """Which order."""
    amount: Money
    """How much; must be the order's total."""
    card: str
    """Card number."""


class PaymentsRateParams(Model):
    """What payments.rate takes."""

    to: str
    """Currency code."""


class ReportsSalesParams(Model):
    """What reports.sales takes."""

    from_: Annotated[str, Field(alias="from")]
    """First day."""
    days: int = 7
    """How many days."""


class ReportsSalesResult(Model):
    days: list[ReportsSalesResultDaysItem]
    total: Money


class ReportsSalesResultDaysItem(Model):
    day: str
    orders: int
    total: Money


class ReportsFootfallParams(Model):
    """What reports.footfall takes."""

    door: Literal["north", "south"] = "north"
    """Which door."""
