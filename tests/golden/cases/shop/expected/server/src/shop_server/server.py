"""Registers what Shop offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from ._runtime.shared.model import UNSET
from .contract import (
    CatalogHandlers,
    Context,
    Handlers,
    OrdersHandlers,
    PaymentsHandlers,
    ReportsHandlers,
)
from .errors import AlreadyShipped, Declined, GatewayBusy, OrderNotFound, OutOfStock, UnknownProduct
from .handlers import App
from .models import (
    CatalogProductParams,
    CatalogSearchParams,
    Category,
    Order,
    OrdersAnnotateParams,
    OrdersCancelParams,
    OrdersCreateParams,
    OrdersReadParams,
    PaymentsPayParams,
    PaymentsRateParams,
    Product,
    Receipt,
    ReportsFootfallParams,
    ReportsSalesParams,
    ReportsSalesResult,
)
from .settings import Settings
from .state import State, lifespan
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[State, Settings]:
    """Build the Shop server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_catalog(chosen.catalog),
            *_orders(chosen.orders),
            *_payments(chosen.payments),
            *_reports(chosen.reports),
        ],
        settings=settings or Settings.from_environment(),
        lifespan=lifespan,
    )


def _catalog(handlers: CatalogHandlers) -> Iterator[Operation[Context]]:
    def search(arguments: CatalogSearchParams, context: Context) -> Answer[list[Product]]:
        return handlers.search(
            text=arguments.text, limit=arguments.limit, in_stock=arguments.in_stock, context=context
        )

    yield Operation(
        "catalog_search",
        CatalogSearchParams,
        search,
        handler=handlers.search,
        name="catalog.search",
    )

    def product(arguments: CatalogProductParams, context: Context) -> Answer[Product]:
        return handlers.product(sku=arguments.sku, context=context)

    yield Operation(
        "catalog_product",
        CatalogProductParams,
        product,
        handler=handlers.product,
        name="catalog.product",
        errors=(UnknownProduct,),
    )

    def categories(_arguments: object, context: Context) -> Answer[Category]:
        return handlers.categories(context=context)

    yield Operation(
        "catalog_categories",
        None,
        categories,
        handler=handlers.categories,
        name="catalog.categories",
    )


def _orders(handlers: OrdersHandlers) -> Iterator[Operation[Context]]:
    def create(arguments: OrdersCreateParams, context: Context) -> Answer[Order]:
        return handlers.create(
            customer=arguments.customer,
            lines=arguments.lines,
            delivery=arguments.delivery,
            note=arguments.note,
            context=context,
        )

    yield Operation(
        "orders_create",
        OrdersCreateParams,
        create,
        handler=handlers.create,
        name="orders.create",
        errors=(UnknownProduct, OutOfStock),
    )

    def read(arguments: OrdersReadParams, context: Context) -> Answer[Order]:
        return handlers.read(id=arguments.id, context=context)

    yield Operation(
        "orders_read",
        OrdersReadParams,
        read,
        handler=handlers.read,
        name="orders.read",
        errors=(OrderNotFound,),
    )

    def annotate(arguments: OrdersAnnotateParams, context: Context) -> Answer[Order]:
        return handlers.annotate(
            id=arguments.id,
            note=arguments.note if arguments.sent("note") else UNSET,
            context=context,
        )

    yield Operation(
        "orders_annotate",
        OrdersAnnotateParams,
        annotate,
        handler=handlers.annotate,
        name="orders.annotate",
        errors=(OrderNotFound,),
    )

    def cancel(arguments: OrdersCancelParams, context: Context) -> Answer[Order]:
        return handlers.cancel(id=arguments.id, context=context)

    yield Operation(
        "orders_cancel",
        OrdersCancelParams,
        cancel,
        handler=handlers.cancel,
        name="orders.cancel",
        errors=(OrderNotFound, AlreadyShipped),
    )


def _payments(handlers: PaymentsHandlers) -> Iterator[Operation[Context]]:
    def pay(arguments: PaymentsPayParams, context: Context) -> Answer[Receipt]:
        return handlers.pay(
            order=arguments.order, amount=arguments.amount, card=arguments.card, context=context
        )

    yield Operation(
        "payments_pay",
        PaymentsPayParams,
        pay,
        handler=handlers.pay,
        name="payments.pay",
        errors=(OrderNotFound, Declined, GatewayBusy),
        timeout=5,
    )

    def rate(arguments: PaymentsRateParams, context: Context) -> Answer[int | float]:
        return handlers.rate(to=arguments.to, context=context)

    yield Operation(
        "payments_rate",
        PaymentsRateParams,
        rate,
        handler=handlers.rate,
        name="payments.rate",
        errors=(GatewayBusy,),
        timeout=2,
    )


def _reports(handlers: ReportsHandlers) -> Iterator[Operation[Context]]:
    def sales(arguments: ReportsSalesParams, context: Context) -> Answer[ReportsSalesResult]:
        return handlers.sales(from_=arguments.from_, days=arguments.days, context=context)

    yield Operation(
        "reports_sales",
        ReportsSalesParams,
        sales,
        handler=handlers.sales,
        name="reports.sales",
        timeout=30,
    )

    def footfall(arguments: ReportsFootfallParams, context: Context) -> Answer[int]:
        return handlers.footfall(door=arguments.door, context=context)

    yield Operation(
        "reports_footfall",
        ReportsFootfallParams,
        footfall,
        handler=handlers.footfall,
        name="reports.footfall",
        timeout=0.2,
    )
