"""The client half of what every generated package needs: typed calls with retries, pooling and error handling."""

from ..shared.model import UNSET, Json, Unset, given
from ..shared.surface import Surface
from .boundary import execute_with_boundary
from .breaker import CircuitBreaker, CircuitState
from .categories import ErrorCategory, Recovery, categorize
from .client import AutoMCPClient
from .config import ClientConfig
from .connection import Callbacks
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
from .group import ClientGroup
from .handling import ErrorHandlingGroup, FailedCall
from .hooks import CallEnded, CallFailed, CallRetried, CallStarted, Hooks
from .http import HttpServer
from .metrics import ClientMetrics, MetricsSnapshot, OperationMetrics
from .operation import Operation
from .pool import ManagedResource, PoolStats, ResourcePool
from .progress import Aggregate, OperationState, Progress, ProgressTracker, ProgressUpdate
from .response import ExecutionResponse
from .retryable import RetryableClientGroup, RetryStats
from .target import Target

__all__ = [
    "UNSET",
    "Aggregate",
    "AttemptTimeout",
    "AutoMCPClient",
    "CallEnded",
    "CallFailed",
    "CallRetried",
    "CallStarted",
    "Callbacks",
    "CircuitBreaker",
    "CircuitOpenError",
    "CircuitState",
    "ClientConfig",
    "ClientConnectionError",
    "ClientError",
    "ClientGroup",
    "ClientMetrics",
    "ConnectionError",
    "DeclaredError",
    "ErrorCategory",
    "ErrorHandlingGroup",
    "ExecutionResponse",
    "FailedCall",
    "Hooks",
    "HttpServer",
    "InvalidAnswer",
    "InvalidArguments",
    "Json",
    "ManagedResource",
    "MetricsSnapshot",
    "Operation",
    "OperationCancelled",
    "OperationError",
    "OperationMetrics",
    "OperationState",
    "OperationTimeout",
    "PoolStats",
    "Progress",
    "ProgressTracker",
    "ProgressUpdate",
    "Recovery",
    "ResourceExhaustedError",
    "ResourcePool",
    "RetryStats",
    "RetryableClientGroup",
    "RetryableError",
    "ServerFault",
    "ServiceBusy",
    "Surface",
    "SurfaceMismatch",
    "Target",
    "ToolError",
    "TransportFault",
    "UnknownOperation",
    "Unset",
    "categorize",
    "execute_with_boundary",
    "given",
]
