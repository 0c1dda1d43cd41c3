"""Which kind of failure an exception is, and what a group does about each kind."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import StrEnum

from .errors import (
    AttemptTimeout,
    CannotAnswer,
    CircuitOpenError,
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
    ServiceBusy,
    ToolError,
    TransportFault,
    UnknownOperation,
)


class ErrorCategory(StrEnum):
    """Kinds of failure that call for different answers.

    `USAGE` is the caller's mistake, `DECLARED` an error of the spec, `TOOL` another error that the tool
    tells of, `SERVER` a fault of the server, `ANSWER` one that breaks its promise.
    """

    USAGE = "usage"
    DECLARED = "declared"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    BUSY = "busy"
    EXHAUSTED = "exhausted"
    CIRCUIT_OPEN = "circuit-open"
    ANSWER = "answer"
    TOOL = "tool"
    CANCELLED = "cancelled"
    SERVER = "server"
    UNEXPECTED = "unexpected"


CATEGORIES: tuple[tuple[type[BaseException], ErrorCategory], ...] = (
    (InvalidArguments, ErrorCategory.USAGE),
    (UnknownOperation, ErrorCategory.USAGE),
    (NotFound, ErrorCategory.USAGE),
    (CannotAnswer, ErrorCategory.USAGE),
    (DeclaredError, ErrorCategory.DECLARED),
    (OperationTimeout, ErrorCategory.TIMEOUT),
    (AttemptTimeout, ErrorCategory.TIMEOUT),
    (OperationCancelled, ErrorCategory.CANCELLED),
    (InvalidAnswer, ErrorCategory.ANSWER),
    (ToolError, ErrorCategory.TOOL),
    (ServiceBusy, ErrorCategory.BUSY),
    (TransportFault, ErrorCategory.CONNECTION),
    (ConnectionError, ErrorCategory.CONNECTION),
    (ResourceExhaustedError, ErrorCategory.EXHAUSTED),
    (CircuitOpenError, ErrorCategory.CIRCUIT_OPEN),
    (OperationError, ErrorCategory.SERVER),
    (RetryableError, ErrorCategory.SERVER),
    (ClientError, ErrorCategory.UNEXPECTED),
    (asyncio.CancelledError, ErrorCategory.CANCELLED),
    (TimeoutError, ErrorCategory.TIMEOUT),
    (OSError, ErrorCategory.CONNECTION),
)
"""From special to general: the first class that fits counts."""


class Recovery(StrEnum):
    """What follows a failed attempt.

    `RETRY`: another attempt, if a repeat is safe and one is left. `RECONNECT`: the same, over a new
    connection. `FALLBACK`: as `RETRY`, and in the end the group's fallback instead of the error.
    `FAIL_FAST`: the error at once.
    """

    RETRY = "retry"
    RECONNECT = "reconnect"
    FALLBACK = "fallback"
    FAIL_FAST = "fail-fast"


RECOVERY: Mapping[ErrorCategory, Recovery] = {
    category: Recovery.FAIL_FAST
    if category in (ErrorCategory.USAGE, ErrorCategory.CANCELLED, ErrorCategory.CIRCUIT_OPEN)
    else Recovery.RECONNECT
    if category is ErrorCategory.CONNECTION
    else Recovery.RETRY
    for category in ErrorCategory
}
"""What an `ErrorHandlingGroup` does where it is not told otherwise."""

UNHEALTHY = frozenset(
    {
        ErrorCategory.CONNECTION,
        ErrorCategory.TIMEOUT,
        ErrorCategory.BUSY,
        ErrorCategory.ANSWER,
        ErrorCategory.SERVER,
    }
)
"""The kinds of failure that count against the server in a circuit breaker."""


def categorize(error: BaseException) -> ErrorCategory:
    """The kind of failure that an exception is."""
    for kind, category in CATEGORIES:
        if isinstance(error, kind):
            return category
    return ErrorCategory.UNEXPECTED
