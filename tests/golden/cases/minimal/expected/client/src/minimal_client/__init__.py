"""A typed client of minimal.

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
from .client import Door, MinimalClient
from .errors import (
    AttemptTimeout,
    CircuitOpenError,
    ClientConnectionError,
    ClientError,
    ConnectionError,
    DeclaredError,
    InvalidAnswer,
    InvalidArguments,
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
    "UNSET",
    "AttemptTimeout",
    "Callbacks",
    "CircuitOpenError",
    "ClientConfig",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "Door",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "MinimalClient",
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
