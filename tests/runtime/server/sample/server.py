"""Registers Shop's operations."""

from collections.abc import Iterator

from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.server.context import Answer
from automcp.runtime.server.offers import Operation
from automcp.runtime.shared.model import UNSET
from automcp.runtime.shared.surface import Surface

from .contract import CatalogHandlers, Context, Handlers, OrdersHandlers
from .errors import Closed, OutOfStock
from .handlers import App
from .models import (
    CatalogCountParams,
    CatalogDescribeParams,
    Filter,
    Order,
    OrdersCancelParams,
    OrdersCreateParams,
)
from .settings import Settings
from .state import State, lifespan

SURFACE = Surface.beside(__file__)


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[State, Settings]:
    """Build the Shop server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        (*_catalog(chosen.catalog), *_orders(chosen.orders)),
        settings=settings or Settings.from_environment(),
        lifespan=lifespan,
    )


def _catalog(handlers: CatalogHandlers) -> Iterator[Operation[Context]]:
    def count(arguments: CatalogCountParams, context: Context) -> Answer[int]:
        return handlers.count(kind=arguments.kind, context=context)

    yield Operation(
        "catalog_count", CatalogCountParams, count, handler=handlers.count, name="catalog.count"
    )

    def describe(arguments: CatalogDescribeParams, context: Context) -> Answer[str]:
        return handlers.describe(sku=arguments.sku, context=context)

    yield Operation(
        "catalog_describe",
        CatalogDescribeParams,
        describe,
        handler=handlers.describe,
        name="catalog.describe",
    )

    def find(arguments: Filter, context: Context) -> Answer[list[str]]:
        return handlers.find(arguments=arguments, context=context)

    yield Operation("catalog_find", None, find, handler=handlers.find, name="catalog.find")


def _orders(handlers: OrdersHandlers) -> Iterator[Operation[Context]]:
    def create(arguments: OrdersCreateParams, context: Context) -> Answer[Order]:
        return handlers.create(
            customer=arguments.customer,
            lines=arguments.lines,
            note=arguments.note,
            remark=arguments.remark if arguments.sent("remark") else UNSET,
            context=context,
        )

    yield Operation(
        "orders_create",
        OrdersCreateParams,
        create,
        handler=handlers.create,
        name="orders.create",
        errors=(OutOfStock, Closed),
        timeout=0.5,
    )

    def cancel(arguments: OrdersCancelParams, context: Context) -> Answer[None]:
        return handlers.cancel(id=arguments.id, context=context)

    yield Operation(
        "orders_cancel", OrdersCancelParams, cancel, handler=handlers.cancel, name="orders.cancel"
    )
