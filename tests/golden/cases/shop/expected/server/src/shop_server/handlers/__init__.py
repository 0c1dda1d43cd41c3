"""What the Shop server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import CatalogHandlers, OrdersHandlers, PaymentsHandlers, ReportsHandlers
from .catalog import Catalog
from .orders import Orders
from .payments import Payments
from .reports import Reports

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.catalog: CatalogHandlers = Catalog()
        self.orders: OrdersHandlers = Orders()
        self.payments: PaymentsHandlers = Payments()
        self.reports: ReportsHandlers = Reports()
