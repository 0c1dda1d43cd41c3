"""Placing orders and following them."""

from __future__ import annotations

from uuid import uuid4

from .._runtime.shared.model import UNSET, Unset
from ..contract import Context
from ..errors import AlreadyShipped, OrderNotFound, OutOfStock, UnknownProduct
from ..models import (
    Courier,
    Line,
    Order,
    OrderNotFoundData,
    OutOfStockData,
    Pickup,
    UnknownProductData,
)
from ..state import State


class Orders:
    """Orders, kept in the shop's state."""

    async def create(
        self,
        customer: str,
        lines: list[Line],
        delivery: Pickup | Courier,
        note: str | None,
        context: Context,
    ) -> Order:
        state = context.state
        for line in lines:
            _reserve(state, line)
        order = Order(
            id=str(uuid4()),
            customer=customer,
            lines=lines,
            delivery=delivery,
            total=sum(state.products[line.sku].price * line.quantity for line in lines),
            state="open",
            note=note,
        )
        state.orders[order.id] = order
        return order

    async def read(self, id: str, context: Context) -> Order:
        return _known(context.state, id)

    async def annotate(self, id: str, note: str | Unset | None, context: Context) -> Order:
        order = _known(context.state, id)
        if note is not UNSET:
            order = order.model_copy(update={"note": note})
            context.state.orders[id] = order
        return order

    async def cancel(self, id: str, context: Context) -> Order:
        order = _known(context.state, id)
        if order.state == "shipped":
            raise AlreadyShipped
        if order.state != "cancelled":
            for line in order.lines:
                _put_back(context.state, line)
            order = order.model_copy(update={"state": "cancelled"})
            context.state.orders[id] = order
        return order


def _known(state: State, id: str) -> Order:
    order = state.orders.get(id)
    if order is None:
        raise OrderNotFound(data=OrderNotFoundData(id=id))
    return order


def _reserve(state: State, line: Line) -> None:
    product = state.products.get(line.sku)
    if product is None:
        raise UnknownProduct(data=UnknownProductData(sku=line.sku))
    if product.stock < line.quantity:
        raise OutOfStock(data=OutOfStockData(sku=line.sku, available=product.stock))
    state.products[line.sku] = product.model_copy(update={"stock": product.stock - line.quantity})


def _put_back(state: State, line: Line) -> None:
    product = state.products[line.sku]
    state.products[line.sku] = product.model_copy(update={"stock": product.stock + line.quantity})
