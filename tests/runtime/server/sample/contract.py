"""What Shop's handlers implement."""

from typing import Protocol, TypeAlias

from automcp.runtime.server.context import Answer
from automcp.runtime.server.context import Context as RequestContext
from automcp.runtime.shared.model import Unset

from .models import Filter, Line, Order
from .settings import Settings
from .state import State

Context: TypeAlias = RequestContext[State, Settings]


class CatalogHandlers(Protocol):
    """What there is to buy."""

    def count(self, kind: str, context: Context) -> Answer[int]:
        """Count what is in stock."""
        ...

    def describe(self, sku: str, context: Context) -> Answer[str]:
        """Describe one thing, as text only."""
        ...

    def find(self, arguments: Filter, context: Context) -> Answer[list[str]]:
        """Find by any property."""
        ...


class OrdersHandlers(Protocol):
    """Placing orders and following them."""

    def create(
        self,
        customer: str,
        lines: list[Line],
        note: str | None,
        remark: str | Unset | None,
        context: Context,
    ) -> Answer[Order]:
        """Place an order.

        Raises:
            OutOfStock: Fewer items are left than were asked for.
            Closed: The shop is closed.
        """
        ...

    def cancel(self, id: str, context: Context) -> Answer[None]:
        """Cancel an order."""
        ...


class Handlers(Protocol):
    """Everything that the Shop server needs from you."""

    @property
    def catalog(self) -> CatalogHandlers: ...

    @property
    def orders(self) -> OrdersHandlers: ...
