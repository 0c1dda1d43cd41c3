"""What calls of pet-api raise.

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
from .models import RefusedData

__all__ = [
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "Failed",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "PetNotFound",
    "Refused",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
]


class PetNotFound(DeclaredError):
    """There is no such pet."""

    name = "PetNotFound"

    def __init__(self, message: str = "There is no such pet.") -> None:
        super().__init__(message)


class Refused(DeclaredError):
    """The shop does not want that."""

    name = "Refused"
    data: RefusedData

    def __init__(self, message: str = "The shop does not want that.", *, data: RefusedData) -> None:
        super().__init__(message, data)


class Failed(DeclaredError):
    """Something else went wrong."""

    name = "Failed"

    def __init__(self, message: str = "Something else went wrong.") -> None:
        super().__init__(message)
