"""A group that counts its attempts: `RetryableClientGroup`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .config import ClientConfig
from .group import ClientGroup
from .link import Link
from .operation import Operation
from .response import ExecutionResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryStats:
    """What became of a group's calls.

    Attributes:
        attempts: How often something was sent, or tried to be.
        successes: Calls that ended well.
        failures: Calls that failed for good, or were cancelled.
    """

    attempts: int = 0
    successes: int = 0
    failures: int = 0


@dataclass(slots=True)
class _Counts:
    attempts: int = 0
    successes: int = 0
    failures: int = 0


class RetryableClientGroup(ClientGroup):
    """A group that counts its attempts, and whose calls can each have their own retry behaviour."""

    def __init__(
        self,
        client: Link,
        name: str,
        operations: Iterable[Operation[Any]] = (),
        config: ClientConfig | Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(client, name, operations, config)
        # Shared with the copies that `with_options` makes.
        self._counts = _Counts()

    @property
    def retry_stats(self) -> RetryStats:
        counts = self._counts
        return RetryStats(
            attempts=counts.attempts, successes=counts.successes, failures=counts.failures
        )

    async def execute_with_retry(
        self,
        operation: str,
        arguments: Mapping[str, object] | None = None,
        retry_config: ClientConfig | Mapping[str, object] | None = None,
    ) -> ExecutionResponse:
        """As `execute`, with fields of `ClientConfig` replaced for this call: `{"retry_count": 1}`."""
        return await self.with_options(retry=retry_config).execute(operation, arguments)

    def _succeeded(self, name: str, attempts: int, duration: float) -> None:
        self._counts.successes += 1
        super()._succeeded(name, attempts, duration)

    def _failed(self, name: str, error: BaseException, duration: float) -> None:
        self._counts.failures += 1
        super()._failed(name, error, duration)

    def _admitted(self) -> int:
        self._counts.attempts += 1
        return super()._admitted()
