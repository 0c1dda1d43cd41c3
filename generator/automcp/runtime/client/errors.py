"""What can go wrong in a client, as one tree.

    ClientError                       everything that this package raises on purpose
    +-- ConnectionError               no usable connection; alias ClientConnectionError
    |   +-- SurfaceMismatch           the server is not the one this client was compiled against
    +-- OperationError                the call was made, or refused, and did not succeed
    |   +-- UnknownOperation          no operation of that name
    |   +-- NotFound                  the server has no such resource or prompt
    |   +-- InvalidArguments          the arguments do not fit the input schema
    |   +-- InvalidAnswer             the answer does not fit what the operation promises
    |   +-- OperationTimeout          no answer in time, and a repeat would not be safe
    |   +-- OperationCancelled        cancelled through the progress tracker
    |   +-- CannotAnswer              the server asked something that the program's callbacks do not answer
    |   +-- ServerFault               the server has a fault of its own; it knows which, by `reference`
    |   +-- ToolError                 the tool says that it failed, in words only
    |   +-- DeclaredError             declared in the spec; the typed client has a class for each
    +-- RetryableError                a repeat is safe and may help
    |   +-- ServiceBusy               refused for now, as by HTTP status 429 or 503
    |   +-- TransportFault            no connection, or it broke during a call that may be repeated
    |   +-- AttemptTimeout            no answer in time to a call that may be repeated
    +-- CircuitOpenError              not even tried: too many failures just before
    +-- ResourceExhaustedError        no pooled resource was free in time

`context` says what is known about the call: `operation`, `tool`, `arguments` (secrets redacted), `attempts`,
and more by kind of error. The original exception is the `__cause__`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ..shared.failure import DeclaredError as SharedDeclaredError
from ..shared.violation import Violation

OUTCOME_UNKNOWN = "outcome unknown: the server may or may not have done it"


class ClientError(Exception):
    """Base of everything that the client raises on purpose.

    Attributes:
        message: One line for people.
        context: What is known about the call; safe to log.
    """

    def __init__(self, message: str, context: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.context: dict[str, object] = dict(context or {})

    def __str__(self) -> str:
        return self.message

    @property
    def operation(self) -> str | None:
        """The operation that failed, or `None` if it was not a call that failed."""
        operation = self.context.get("operation")
        return operation if isinstance(operation, str) else None

    @property
    def attempts(self) -> int:
        """How often the call was sent, or tried to be; 0 if it never came to that."""
        attempts = self.context.get("attempts")
        return attempts if isinstance(attempts, int) else 0


class ConnectionError(ClientError):
    """There is no connection, it cannot be made, or it broke and a repeat would not be safe."""


ClientConnectionError = ConnectionError


class SurfaceMismatch(ConnectionError):
    """The server offers other tools than this client was compiled against (`verify="strict"`)."""


class OperationError(ClientError):
    """The call failed: the server said so, or the client refused to make it."""


class UnknownOperation(OperationError):
    """No operation of that name; the message names the nearest one."""


class NotFound(OperationError):
    """The server has no such resource, or no such prompt, or not for this client."""


class CannotAnswer(OperationError):
    """The server asked something that no callback answers, or not as it has to be answered."""


class InvalidArguments(OperationError):
    """The arguments do not fit the operation's input schema.

    Attributes:
        violations: What is wrong, and where.
    """

    def __init__(
        self,
        message: str,
        context: Mapping[str, object] | None = None,
        *,
        violations: tuple[Violation, ...] = (),
    ) -> None:
        super().__init__(message, context)
        self.violations = violations


class InvalidAnswer(OperationError):
    """The server's answer does not fit the operation's output schema."""


class OperationTimeout(OperationError):
    """No answer within the timeout. Raised where a repeat is not safe; else it is an `AttemptTimeout`."""


class OperationCancelled(OperationError):
    """The call was cancelled through `ProgressTracker.cancel`."""


class ServerFault(OperationError):
    """The server failed by a fault of its own, whose reason only its log tells; see `context["reference"]`."""


class ToolError(OperationError):
    """The tool says that it failed, and the spec has no class for how."""


class DeclaredError(OperationError, SharedDeclaredError):
    """An error that the spec declares; generated packages have one subclass for each.

    Attributes:
        name: The error's name in the spec and on the wire.
        retryable: Whether the same call may be repeated after it.
        data: What it carries, as the data model if there is one.
    """

    name: ClassVar[str] = "DeclaredError"

    def __init__(self, message: str, data: object = None) -> None:
        OperationError.__init__(self, message)
        self.data = data


class RetryableError(ClientError):
    """A failure after which the same call may be made again.

    Attributes:
        retry_after: Seconds that the server asked to wait, if it did.
    """

    def __init__(
        self,
        message: str,
        context: Mapping[str, object] | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, context)
        self.retry_after = retry_after


class ServiceBusy(RetryableError):
    """The server, or something in front of it, refused the call for now, so it did not run."""


class TransportFault(RetryableError):
    """The connection could not be made, so nothing was sent, or it broke during a call that may be repeated."""


class AttemptTimeout(RetryableError):
    """No answer within the timeout to a call that may be repeated."""


class CircuitOpenError(ClientError):
    """The group's circuit breaker is open: nothing was sent.

    Attributes:
        retry_after: Seconds until the breaker lets a trial call through.
    """

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message, {"retry_after": retry_after})
        self.retry_after = retry_after


class ResourceExhaustedError(ClientError):
    """Every pooled resource is in use, and none came free within the time allowed."""


def may_repeat(error: BaseException) -> bool:
    """Whether the call that ended in `error` may be made again: transport says so, or the spec does."""
    return isinstance(error, RetryableError) or (
        isinstance(error, DeclaredError) and error.retryable
    )
