"""What calls of Toolbox raise.

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
from .models import Facts

__all__ = [
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "GitFailed",
    "InvalidAnswer",
    "InvalidArguments",
    "NoSuchRevision",
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


class NoSuchRevision(DeclaredError):
    """The repository has no such revision."""

    name = "NoSuchRevision"

    def __init__(self, message: str = "The repository has no such revision.") -> None:
        super().__init__(message)


class GitFailed(DeclaredError):
    """Git failed."""

    name = "GitFailed"
    data: Facts

    def __init__(self, message: str = "Git failed.", *, data: Facts) -> None:
        super().__init__(message, data)
