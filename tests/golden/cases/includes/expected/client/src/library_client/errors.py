"""What calls of library raise.

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

__all__ = [
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OnLoan",
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


class OnLoan(DeclaredError):
    """Somebody has it."""

    name = "OnLoan"

    def __init__(self, message: str = "Somebody has it.") -> None:
        super().__init__(message)
