"""A typed client of raw-input.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from ._runtime.client import (
    UNSET,
    Callbacks,
    ClientConfig,
    ExecutionResponse,
    Hooks,
    HttpServer,
    Unset,
)
from .client import Documents, RawInputClient
from .errors import (
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
from .models import DocumentsStoreArguments, DocumentsStorePage

__all__ = [
    "UNSET",
    "AttemptTimeout",
    "Callbacks",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConfig",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "Documents",
    "DocumentsStoreArguments",
    "DocumentsStorePage",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "RawInputClient",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "Unset",
]
