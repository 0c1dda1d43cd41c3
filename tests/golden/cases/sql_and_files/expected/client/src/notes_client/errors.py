"""What calls of Notes raise.

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
from .models import NoSuchDocumentData, NoteNotFoundData

__all__ = [
    "AttemptTimeout",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "DocumentExists",
    "InvalidAnswer",
    "InvalidArguments",
    "NoSuchDocument",
    "NotFound",
    "NoteNotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "TitleTaken",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
]


class NoteNotFound(DeclaredError):
    """There is no note with this id."""

    name = "NoteNotFound"
    data: NoteNotFoundData

    def __init__(
        self, message: str = "There is no note with this id.", *, data: NoteNotFoundData
    ) -> None:
        super().__init__(message, data)


class TitleTaken(DeclaredError):
    """Another note has this title."""

    name = "TitleTaken"

    def __init__(self, message: str = "Another note has this title.") -> None:
        super().__init__(message)


class NoSuchDocument(DeclaredError):
    """There is no such document."""

    name = "NoSuchDocument"
    data: NoSuchDocumentData

    def __init__(
        self, message: str = "There is no such document.", *, data: NoSuchDocumentData
    ) -> None:
        super().__init__(message, data)


class DocumentExists(DeclaredError):
    """There is a document of this name."""

    name = "DocumentExists"

    def __init__(self, message: str = "There is a document of this name.") -> None:
        super().__init__(message)
