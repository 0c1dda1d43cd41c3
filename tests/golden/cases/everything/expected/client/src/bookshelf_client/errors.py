"""What calls of Bookshelf raise.

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
from .models import NoSuchBookData

__all__ = [
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "Closed",
    "ConnectionError",
    "DeclaredError",
    "InvalidAnswer",
    "InvalidArguments",
    "NoSuchBook",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
]


class NoSuchBook(DeclaredError):
    """The library has no such book."""

    name = "NoSuchBook"
    data: NoSuchBookData

    def __init__(
        self, message: str = "The library has no such book.", *, data: NoSuchBookData
    ) -> None:
        super().__init__(message, data)


class Closed(DeclaredError):
    """The library is closed."""

    name = "Closed"
    retryable = True

    def __init__(self, message: str = "The library is closed.") -> None:
        super().__init__(message)
