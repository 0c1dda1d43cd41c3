"""What calls of operation raise.

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
from .models import Thing, TimeoutErrorData

__all__ = [
    "AppFailed",
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "ConnectionFailure",
    "DeclaredError",
    "DeclaredFailure",
    "InvalidAnswer",
    "InvalidArguments",
    "ModelError",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SettingsError",
    "SurfaceMismatch",
    "TargetError",
    "TimeoutError",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
]


class TargetError(DeclaredError):
    """Missed."""

    name = "Target"

    def __init__(self, message: str = "Missed.") -> None:
        super().__init__(message)


class SettingsError(DeclaredError):
    """Out of order."""

    name = "Settings"

    def __init__(self, message: str = "Out of order.") -> None:
        super().__init__(message)


class ModelError(DeclaredError):
    """Too old."""

    name = "Model"
    data: Thing

    def __init__(self, message: str = "Too old.", *, data: Thing) -> None:
        super().__init__(message, data)


class ConnectionFailure(DeclaredError):
    """Not connected."""

    name = "ConnectionError"

    def __init__(self, message: str = "Not connected.") -> None:
        super().__init__(message)


class DeclaredFailure(DeclaredError):
    """Nothing to declare."""

    name = "DeclaredError"

    def __init__(self, message: str = "Nothing to declare.") -> None:
        super().__init__(message)


class TimeoutError(DeclaredError):
    """Too late."""

    name = "TimeoutError"
    data: TimeoutErrorData

    def __init__(self, message: str = "Too late.", *, data: TimeoutErrorData) -> None:
        super().__init__(message, data)


class AppFailed(DeclaredError):
    """No app."""

    name = "AppFailed"

    def __init__(self, message: str = "No app.") -> None:
        super().__init__(message)
