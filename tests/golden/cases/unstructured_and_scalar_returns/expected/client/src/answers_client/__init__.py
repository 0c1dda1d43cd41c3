"""A typed client of answers.

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
from .client import Answers, AnswersClient
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
from .models import Point

__all__ = [
    "UNSET",
    "Answers",
    "AnswersClient",
    "AttemptTimeout",
    "Callbacks",
    "CannotAnswer",
    "CircuitOpenError",
    "ClientConfig",
    "ClientConnectionError",
    "ClientError",
    "ConnectionError",
    "DeclaredError",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "Point",
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
