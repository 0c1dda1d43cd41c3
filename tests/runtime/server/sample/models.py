"""What Shop's operations take and give."""

from typing import Annotated, Any, Literal

from automcp.runtime.shared.model import ABSENT, Model
from pydantic import Field


class Line(Model):
    """One line of an order."""

    sku: str
    """What is ordered."""
    quantity: int = 1


class Order(Model):
    id: str
    lines: list[Line]
    from_: Annotated[str | None, Field(alias="from")] = ABSENT
    note: str | None = ABSENT
    """A word to the packer."""


class OutOfStockData(Model):
    sku: str
    available: int


class CatalogCountParams(Model):
    kind: Literal["book", "toy"] = "book"


class CatalogDescribeParams(Model):
    sku: str


class OrdersCreateParams(Model):
    customer: str
    lines: list[Line]
    note: str | None = ABSENT
    remark: str | None = None


class OrdersCancelParams(Model):
    id: str


Filter = dict[str, Any]
