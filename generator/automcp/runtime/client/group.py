"""Calls of a group's operations, typed and untyped: `ClientGroup`."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any, Self, TypeVar, cast

from mcp_types import ContentBlock

from ..shared.model import Json, to_json
from .answer import decoded, failure_of, summary, value_of, violations
from .categories import categorize
from .config import ClientConfig
from .connection import OnProgress
from .errors import ClientError, InvalidArguments, UnknownOperation
from .following import followed
from .hooks import CallEnded, CallFailed, CallRetried, CallStarted, tell
from .link import Link
from .operation import Operation
from .progress import Subscriber
from .response import ExecutionResponse
from .retry import retrying
from .safe import printable, redacted, redacted_violations, secret_names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an attempt gave. `fallback`: it was not the server that gave it."""

    value: Json
    content: tuple[ContentBlock, ...] = ()
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A call that ended well; `value` is the reply's value, decoded if the call was typed."""

    reply: Reply
    value: Any
    attempts: int
    duration: float


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


class ClientGroup:
    """Operations that belong together. A failed call is repeated where that is safe, and then raises."""

    def __init__(
        self,
        client: Link,
        name: str,
        operations: Iterable[Operation[Any]] = (),
        config: ClientConfig | Mapping[str, object] | None = None,
    ) -> None:
        """Make a group.

        Args:
            operations: Its operations; without any, the server's tools are called by name.
            config: What goes before the client's configuration. Raises as `ClientConfig.of`.
        """
        self.client = client
        self.name = name
        self.config = client.config.merged(config)
        self._operations = {operation.name: operation for operation in operations}
        self._options = CallOptions()

    async def execute(
        self, operation: str, arguments: Mapping[str, object] | None = None
    ) -> ExecutionResponse:
        """Call an operation by name; the data of the response is JSON.

        Only `RetryableError`s, and declared errors that the spec calls retryable, are followed by another
        attempt, at most `retry_count` in all. What the last attempt raised is raised. An error result of
        the tool is raised too, as the error that it stands for; `outcome` returns it instead.

        Raises:
            UnknownOperation: The group has no such operation.
            InvalidArguments: They do not fit the input schema; nothing was sent.
            DeclaredError: The operation's own errors, as their classes.
            ClientError: Anything else that can go wrong, see `errors`.
        """
        done = await self._run(self._named(operation), arguments, typed=False)
        return ExecutionResponse(
            content=done.reply.content,
            data=done.reply.value,
            duration=done.duration,
            attempts=done.attempts,
            fallback=done.reply.fallback,
        )

    async def outcome(
        self, operation: str, arguments: Mapping[str, object] | None = None
    ) -> ExecutionResponse:
        """As `execute`, but an error is in the response, whose `status` then is "error"."""
        started = self.client.clock()
        try:
            return await self.execute(operation, arguments)
        except ClientError as error:
            duration = self.client.clock() - started
            return ExecutionResponse(error=error, duration=duration, attempts=error.attempts)

    async def call(self, operation: Operation[T], arguments: object = None) -> T:
        """Call an operation, typed; for the methods of generated groups.

        Args:
            arguments: A mapping or a model. Members that are `UNSET` are not sent.

        Returns:
            The answer, checked against the output schema, as the operation's type.

        Raises:
            ClientError: As `execute`.
        """
        done = await self._run(operation, arguments, typed=True)
        return cast("T", done.value)

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

    async def _run(self, operation: Operation[Any], arguments: object, *, typed: bool) -> Done:
        client = self.client
        started = client.clock()
        try:
            sent = self._checked(operation, arguments)
            if client.hooks.before is not None:
                shown = cast("dict[str, object]", redacted(sent, self._secrets(operation)))
                tell(
                    client.hooks.before,
                    CallStarted(group=self.name, operation=operation.name, arguments=shown),
                )
            reply, attempts = await followed(
                client.tracker,
                self._options.track,
                self._options.progress,
                lambda on_progress: self._attempts(operation, sent, on_progress),
            )
            value = decoded(operation, reply.value) if typed else reply.value
        # Cancelled calls count, too, and whoever heard of a call's beginning hears of its end.
        except BaseException as error:
            if isinstance(error, ClientError):
                self._explain(error, operation, arguments)
            self._failed(operation, error, client.clock() - started)
            raise
        duration = client.clock() - started
        self._succeeded(operation, attempts, duration)
        return Done(reply, value, attempts, duration)

    def _succeeded(self, operation: Operation[Any], attempts: int, duration: float) -> None:
        self.client.metrics.succeeded(f"{self.name}.{operation.name}", duration, attempts)
        if self.client.hooks.after is not None:
            ended = CallEnded(
                group=self.name, operation=operation.name, duration=duration, attempts=attempts
            )
            tell(self.client.hooks.after, ended)

    def _failed(self, operation: Operation[Any], error: BaseException, duration: float) -> None:
        attempts = error.attempts if isinstance(error, ClientError) else 0
        label = f"{self.name}.{operation.name}"
        self.client.metrics.failed(label, duration, attempts, categorize(error))
        if self.client.hooks.on_error is not None:
            failed = CallFailed(
                group=self.name, operation=operation.name, duration=duration, error=error
            )
            tell(self.client.hooks.on_error, failed)

    async def _attempts(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> tuple[Reply, int]:
        return await retrying(
            lambda: self._attempt(operation, arguments, on_progress),
            self.config,
            self.client.sleep,
            partial(self._before_retry, operation),
        )

    async def _attempt(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> Reply:
        timeout = self._options.timeout or operation.timeout or self.config.timeout
        result = await self.client.send(operation, arguments, timeout, on_progress)
        if result.is_error:
            raise failure_of(result, operation, arguments, self._secrets(operation))
        return Reply(value_of(result, operation, self.client.surface), tuple(result.content))

    async def _before_retry(
        self, operation: Operation[Any], error: Exception, attempt: int, delay: float
    ) -> bool:
        hook = self.client.hooks.on_retry
        if hook is not None:
            retried = CallRetried(
                group=self.name, operation=operation.name, attempt=attempt, delay=delay, error=error
            )
            tell(hook, retried)
        return True

    def _named(self, name: str) -> Operation[Any]:
        known = self._operations or self.client.operations(self.name)
        operation = known.get(name)
        if operation is None:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UnknownOperation(
                f"group {self.name!r} has no operation {name!r}{hint}",
                {"group": self.name, "operation": name, "known": sorted(known)},
            )
        return operation

    def _checked(self, operation: Operation[Any], arguments: object) -> dict[str, Json]:
        surface = self.client.surface
        if operation.tool not in surface:
            raise UnknownOperation(f"the server has no tool {operation.tool!r}")
        sent = _as_object(arguments)
        found = violations(surface.input(operation.tool), sent)
        if found:
            shown = redacted_violations(found, self._secrets(operation), sent)
            raise InvalidArguments(f"invalid arguments: {summary(shown)}", violations=shown)
        return sent

    def _explain(self, error: ClientError, operation: Operation[Any], arguments: object) -> None:
        known: dict[str, object] = {
            "group": self.name,
            "operation": operation.name,
            "tool": operation.tool,
        }
        known["arguments"] = redacted(arguments, self._secrets(operation))
        error.context = known | error.context

    def _secrets(self, operation: Operation[Any]) -> frozenset[str]:
        surface = self.client.surface
        if operation.tool not in surface:
            return frozenset()
        return secret_names(surface.tool(operation.tool).get("inputSchema"))


def _as_object(arguments: object) -> dict[str, Json]:
    plain = (
        dict(cast("Mapping[str, object]", arguments))
        if isinstance(arguments, Mapping)
        else arguments
    )
    try:
        sent = {} if plain is None else to_json(plain)
    except (TypeError, ValueError) as error:
        raise InvalidArguments(f"the arguments are no JSON: {printable(str(error))}") from error
    if not isinstance(sent, dict):
        raise InvalidArguments(f"the arguments must be an object, not {type(sent).__name__}")
    return sent
