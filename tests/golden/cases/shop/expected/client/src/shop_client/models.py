"""What the operations of Shop take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

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


class ReportsSalesResult(Model):
    days: list[ReportsSalesResultDaysItem]
    total: Money


class ReportsSalesResultDaysItem(Model):
    day: str
    orders: int
    total: Money
