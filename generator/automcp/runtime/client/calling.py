"""What every request of a group goes through, whatever it asks for: attempts, hooks, metrics, a tracker."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from .categories import categorize
from .config import ClientConfig
from .errors import CircuitOpenError, ClientError, may_repeat
from .hooks import CallEnded, CallFailed, CallRetried, CallStarted, tell
from .link import Link
from .progress import Subscriber
from .retry import pause

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOptions:
    """What `with_options` says about calls.

    Attributes:
        timeout: Seconds per attempt; goes before the operation's own timeout.
        progress: Called with every progress update of the call.
        track: The id under which the client's tracker follows the call, and can cancel it.
    """

    timeout: float | None = None
    progress: Subscriber | None = None
    track: str | None = None


class CallingGroup:
    """What groups have in common. A failed request is repeated where that is safe, and then raises."""

    def __init__(
        self, client: Link, name: str, config: ClientConfig | Mapping[str, object] | None = None
    ) -> None:
        """Make a group.

        Args:
            config: What goes before the client's configuration. Raises as `ClientConfig.of`.
        """
        self.client = client
        self.name = name
        self.config = client.config.merged(config)
        self._options = CallOptions()

    def with_options(
        self,
        *,
        timeout: float | None = None,
        retry: ClientConfig | Mapping[str, object] | None = None,
        progress: Subscriber | None = None,
        track: str | None = None,
    ) -> Self:
        """This group with other options for its calls; what is not given stays as it is.

        Args:
            timeout: Seconds per attempt.
            retry: Fields of `ClientConfig` to replace, such as `{"retry_count": 1}`.
            progress: Called with every progress update.
            track: An id under which the client's `tracker` follows the call; `tracker.cancel(id)` cancels it.

        Raises:
            TypeError: As `ClientConfig.of`.
            ValueError: As `ClientConfig.of`, or `timeout` is not above 0.
        """
        if timeout is not None and timeout <= 0:
            raise ValueError(f"timeout must be above 0, not {timeout}")
        now = self._options
        changed = copy.copy(self)
        changed.config = self.config.merged(retry)
        changed._options = CallOptions(
            timeout=now.timeout if timeout is None else timeout,
            progress=now.progress if progress is None else progress,
            track=now.track if track is None else track,
        )
        return changed

    def _began(self, name: str, arguments: Mapping[str, object]) -> None:
        """Tell of a call; `arguments` are without secrets."""
        hook = self.client.hooks.before
        if hook is not None:
            tell(hook, CallStarted(group=self.name, operation=name, arguments=arguments))

    def _succeeded(self, name: str, attempts: int, duration: float) -> None:
        self.client.metrics.succeeded(f"{self.name}.{name}", duration, attempts)
        if self.client.hooks.after is not None:
            ended = CallEnded(group=self.name, operation=name, duration=duration, attempts=attempts)
            tell(self.client.hooks.after, ended)

    def _failed(self, name: str, error: BaseException, duration: float) -> None:
        attempts = error.attempts if isinstance(error, ClientError) else 0
        label = f"{self.name}.{name}"
        self.client.metrics.failed(label, duration, attempts, categorize(error))
        if self.client.hooks.on_error is not None:
            failed = CallFailed(group=self.name, operation=name, duration=duration, error=error)
            tell(self.client.hooks.on_error, failed)

    async def _retried(
        self, name: str, send: Callable[[], Awaitable[A]], read: Callable[[A], T]
    ) -> tuple[T, int]:
        """Make attempts until one succeeds, one fails for good, or `retry_count` are made.

        Args:
            read: What is made of an answer; if it raises, the attempt has failed.

        Returns:
            What was made of the last answer, and how many attempts were made.

        Raises:
            Exception: What the last attempt raised; a `ClientError` says `attempts` in its context.
        """
        made = 0
        while True:
            made += 1
            try:
                # Three plain functions, because a coroutine around each attempt would cost every call more.
                ticket = self._admitted()
                try:
                    value = read(await send())
                except BaseException as error:
                    self._missed(ticket, error)
                    raise
                self._reached(ticket)
                return value, made
            except ClientError as error:
                error.context["attempts"] = made - isinstance(error, CircuitOpenError)
                if made >= self.config.retry_count or not may_repeat(error):
                    raise
                delay = pause(self.config, made, error)
                if not await self._before_retry(name, error, made, delay):
                    raise
            await self.client.sleep(delay)

    def _admitted(self) -> int:
        """Begin an attempt; gives its ticket. Raises `ClientError` if none may be made now."""
        return 0

    def _reached(self, ticket: int) -> None:
        """End an attempt that succeeded."""

    def _missed(self, ticket: int, error: BaseException) -> None:
        """End an attempt that failed, or was cancelled."""

    async def _before_retry(self, name: str, error: Exception, attempt: int, delay: float) -> bool:
        hook = self.client.hooks.on_retry
        if hook is not None:
            retried = CallRetried(
                group=self.name, operation=name, attempt=attempt, delay=delay, error=error
            )
            tell(hook, retried)
        return True
