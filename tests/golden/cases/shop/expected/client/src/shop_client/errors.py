"""What calls of Shop raise.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.client import (
    AttemptTimeout,
    CannotAnswer,
    CircuitOpenError,
    ClientConnectionError,
    ClientError,
    ConnectionError,
    DeclaredError,
    InvalidAnswer,
    InvalidArguments,
    NotFound,
    OperationCancelled,
    OperationError,
    OperationTimeout,
    ResourceExhaustedError,
    RetryableError,
    ServerFault,
    ServiceBusy,
    SurfaceMismatch,
    ToolError,
    TransportFault,
    UnknownOperation,
)
from .models import DeclinedData, OrderNotFoundData, OutOfStockData, UnknownProductData

__all__ = [
    "AlreadyShipped",
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "Declined",
    "GatewayBusy",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "OrderNotFound",
    "OutOfStock",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "UnknownProduct",
]


class UnknownProduct(DeclaredError):
    """The catalogue has no product with that SKU."""

    name = "UnknownProduct"
    data: UnknownProductData

    def __init__(
        self,
        message: str = "The catalogue has no product with that SKU.",
        *,
        data: UnknownProductData,
    ) -> None:
        super().__init__(message, data)


class OutOfStock(DeclaredError):
    """Fewer items are left than were asked for."""

    name = "OutOfStock"
    data: OutOfStockData

    def __init__(
        self, message: str = "Fewer items are left than were asked for.", *, data: OutOfStockData
    ) -> None:
        super().__init__(message, data)


class OrderNotFound(DeclaredError):
    """There is no order with that id."""

    name = "OrderNotFound"
    data: OrderNotFoundData

    def __init__(
        self, message: str = "There is no order with that id.", *, data: OrderNotFoundData
    ) -> None:
        super().__init__(message, data)


class AlreadyShipped(DeclaredError):
    """The order has left the house."""

    name = "AlreadyShipped"

    def __init__(self, message: str = "The order has left the house.") -> None:
        super().__init__(message)


class Declined(DeclaredError):
    """The payment was refused."""

    name = "Declined"
    data: DeclinedData

    def __init__(self, message: str = "The payment was refused.", *, data: DeclinedData) -> None:
        super().__init__(message, data)


class GatewayBusy(DeclaredError):
    """The payment gateway has no time; ask again."""

    name = "GatewayBusy"
    retryable = True

    def __init__(self, message: str = "The payment gateway has no time; ask again.") -> None:
        super().__init__(message)
