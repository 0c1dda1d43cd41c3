"""What callers of Shop can tell apart when an operation fails."""

from automcp.runtime.shared.failure import DeclaredError

from .models import OutOfStockData


class OutOfStock(DeclaredError):
    """Fewer items are left than were asked for."""

    name = "OutOfStock"
    data: OutOfStockData

    def __init__(
        self,
        message: str = "Fewer items are left than were asked for.",
        *,
        data: OutOfStockData,
    ) -> None:
        super().__init__(message, data)


class Closed(DeclaredError):
    """The shop is closed."""

    name = "Closed"
    retryable = True

    def __init__(self, message: str = "The shop is closed.") -> None:
        super().__init__(message)
