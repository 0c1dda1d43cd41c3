"""A group that sorts its failures, answers each kind in its own way, and leaves a failing server alone."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..shared.model import Json, to_json
from .breaker import CircuitBreaker, CircuitState
from .categories import RECOVERY, UNHEALTHY, ErrorCategory, Recovery, categorize
from .config import ClientConfig
from .connection import OnProgress
from .errors import ClientError
from .group import Reply
from .link import Link
from .operation import Operation
from .retryable import RetryableClientGroup


@dataclass(frozen=True, slots=True)
class FailedCall:
    """What a fallback is told of the call that it answers instead of the server.

    Its `arguments` are as they were sent, secrets and all, so they are not in its `repr`.
    """

    operation: str
    arguments: Mapping[str, Json] = field(repr=False)
    error: ClientError


Fallback: TypeAlias = Callable[[FailedCall], object | Awaitable[object]]


class ErrorHandlingGroup(RetryableClientGroup):
    """A group with a recovery for each category of error, and a circuit breaker."""

    def __init__(
        self,
        client: Link,
        name: str,
        operations: Iterable[Operation[Any]] = (),
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        recovery: Mapping[ErrorCategory, Recovery] | None = None,
        fallback: Fallback | None = None,
    ) -> None:
        """Make a group.

        Args:
            recovery: What goes before `RECOVERY`, by category.
            fallback: Gives the value (JSON or a model) that the call of an operation answers where the
                recovery is `FALLBACK`.
        """
        super().__init__(client, name, operations, config)
        self.breaker = CircuitBreaker(
            self.config.breaker_threshold, self.config.breaker_cool_down, client.clock
        )
        self._recovery = {**RECOVERY, **(recovery or {})}
        self._fallback = fallback

    def recovery(self, error: BaseException) -> Recovery:
        """What this group does about an error."""
        return self._recovery[categorize(error)]

    def _attempts(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> Awaitable[tuple[Reply, int]]:
        attempts = super()._attempts(operation, arguments, on_progress)
        # Another coroutine only where it is needed: every call goes through here.
        fallback = self._fallback
        return attempts if fallback is None else self._or(fallback, attempts, operation, arguments)

    async def _or(
        self,
        fallback: Fallback,
        attempts: Awaitable[tuple[Reply, int]],
        operation: Operation[Any],
        arguments: dict[str, Json],
    ) -> tuple[Reply, int]:
        try:
            return await attempts
        except ClientError as error:
            if self.recovery(error) is not Recovery.FALLBACK:
                raise
            value = fallback(FailedCall(operation.name, arguments, error))
            given = await value if inspect.isawaitable(value) else value
            return Reply(to_json(given), fallback=True), error.attempts

    def _admitted(self) -> int:
        ticket = self.breaker.admit()
        super()._admitted()
        return ticket

    def _reached(self, ticket: int) -> None:
        self.breaker.succeeded(ticket)

    def _missed(self, ticket: int, error: BaseException) -> None:
        category = categorize(error) if isinstance(error, ClientError) else None
        if category in UNHEALTHY:
            self.breaker.failed(ticket)
        elif category is None or category is ErrorCategory.EXHAUSTED:
            self.breaker.abandoned(ticket)
        else:
            self.breaker.succeeded(ticket)

    async def _before_retry(self, name: str, error: Exception, attempt: int, delay: float) -> bool:
        recovery = self.recovery(error)
        if recovery is Recovery.FAIL_FAST or self.breaker.state is CircuitState.OPEN:
            return False
        if recovery is Recovery.RECONNECT:
            self.client.reconnect()
        return await super()._before_retry(name, error, attempt, delay)
