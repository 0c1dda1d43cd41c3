"""A typed client of Weather station.

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
from .client import Readings, WeatherStationClient
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
from .models import ReadingsLatestResult

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
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "NotFound",
    "OperationCancelled",
    "OperationError",
    "OperationTimeout",
    "Readings",
    "ReadingsLatestResult",
    "ResourceExhaustedError",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "SurfaceMismatch",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "Unset",
    "WeatherStationClient",
]
