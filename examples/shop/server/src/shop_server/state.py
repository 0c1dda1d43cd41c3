"""What lives as long as the Shop server: its stock and its orders."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from .models import Order, Product
from .settings import Settings

_PRODUCTS = (
    Product(
        sku="TEA-001", name="Black tea", price=550, stock=40, weight=0.1, tags=["drink", "tea"]
    ),
    Product(
        sku="TEA-002", name="Green tea", price=650, stock=12, weight=0.1, tags=["drink", "tea"]
    ),
    Product(
        sku="MUG-001", name="Stoneware mug", price=1200, stock=3, weight=None, tags=["kitchen"]
    ),
    Product(
        sku="POT-001",
        name="Cast iron pot",
        price=4900,
        stock=0,
        weight=2.5,
        tags=["kitchen", "tea"],
    ),
)


@dataclass
class State:
    """The shop's memory, one for each running server."""

    products: dict[str, Product] = field(
        default_factory=lambda: {product.sku: product for product in _PRODUCTS}
    )
    orders: dict[str, Order] = field(default_factory=dict[str, Order])
    closed: bool = False


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    """Open the shop, and close it when the server stops."""
    state = State()
    try:
        yield state
    finally:
        state.closed = True
