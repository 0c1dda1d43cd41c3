"""Everything that answers Shop's operations."""

from .catalog import Catalog
from .orders import Orders


class App:
    def __init__(self) -> None:
        self.catalog = Catalog()
        self.orders = Orders()
