"""A typed client of awkward-names.

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
from .client import AwkwardNamesClient, BuildServer, Import
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
from .models import ContextModel, ModelModel, Str

__all__ = [
    "UNSET",
    "AttemptTimeout",
    "AwkwardNamesClient",
    "BuildServer",
    "Callbacks",
    "CircuitOpenError",
    "ClientConfig",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "ContextModel",
    "DeclaredError",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "Import",
    "InvalidAnswer",
    "InvalidArguments",
    "ModelModel",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "Str",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "Unset",
]
