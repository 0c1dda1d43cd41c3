"""What calls of locks raise.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

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
from .models import RefusedData, Tries, WrongCodeData

__all__ = [
    "Anything",
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "Details",
    "InvalidAnswer",
    "InvalidArguments",
    "Jammed",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "Refused",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "ValueError",
    "WrongCode",
]


class WrongCode(DeclaredError):
    """The code does not open this lock."""

    name = "WrongCode"
    data: WrongCodeData

    def __init__(
        self, message: str = "The code does not open this lock.", *, data: WrongCodeData
    ) -> None:
        super().__init__(message, data)


class Jammed(DeclaredError):
    """The bolt does not move."""

    name = "Jammed"
    retryable = True

    def __init__(self, message: str = "The bolt does not move.") -> None:
        super().__init__(message)


class Refused(DeclaredError):
    """Not today."""

    name = "Refused"
    data: RefusedData

    def __init__(self, message: str = "Not today.", *, data: RefusedData) -> None:
        super().__init__(message, data)


class Details(DeclaredError):
    """Shares its data with schemas."""

    name = "Details"
    data: Tries

    def __init__(self, message: str = "Shares its data with schemas.", *, data: Tries) -> None:
        super().__init__(message, data)


class Anything(DeclaredError):
    """Says whatever it likes."""

    name = "Anything"
    data: dict[str, Any]

    def __init__(self, message: str = "Says whatever it likes.", *, data: dict[str, Any]) -> None:
        super().__init__(message, data)


class ValueError(DeclaredError):
    """Has the name of a builtin."""

    name = "ValueError"

    def __init__(self, message: str = "Has the name of a builtin.") -> None:
        super().__init__(message)
