"""The Shop's own code: one class for each group of operations."""

from __future__ import annotations

from .catalog import Catalog
from .orders import Orders
from .payments import Gateway, Payments
from .reports import Reports


class App:
    """Everything that the Shop server needs from you."""

    def __init__(self, gateway: Gateway | None = None) -> None:
        self.catalog = Catalog()
        self.orders = Orders()
        self.payments = Payments(gateway or Gateway())
        self.reports = Reports()
