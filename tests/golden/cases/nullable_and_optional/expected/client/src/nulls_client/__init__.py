"""A typed client of nulls.

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
from .client import Contacts, NullsClient
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
from .models import Contact

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
    "Contact",
    "Contacts",
    "DeclaredError",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "NullsClient",
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
    "Unset",
]
