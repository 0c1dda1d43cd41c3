"""Calls of a group's operations, typed and untyped: `ClientGroup`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from mcp_types import ContentBlock

from ..shared.content import Block, Text
from ..shared.model import Json, to_json
from .answer import decoded, failure_of, summary, value_of, violations
from .config import ClientConfig
from .connection import OnProgress
from .errors import ClientError, InvalidArguments, UnknownOperation
from .following import followed
from .link import Link
from .operation import Operation
from .reading import ReadingGroup
from .received import blocks
from .response import ExecutionResponse, Result
from .safe import printable, redacted, redacted_violations, secret_names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an attempt gave. `fallback`: it was not the server that gave it."""

    value: Json
    content: Sequence[ContentBlock] = ()
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A call that ended well; `value` is what was read from the reply."""

    reply: Reply
    value: Any
    attempts: int
    duration: float


class ClientGroup(ReadingGroup):
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
        super().__init__(client, name, config)
        self._operations = {operation.name: operation for operation in operations}

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
        done = await self._run(self._named(operation), arguments, _content)
        return ExecutionResponse(
            content=done.value,
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
        done = await self._run(operation, arguments, _typed)
        return cast("T", done.value)

    async def call_for_blocks(
        self, operation: Operation[Any], arguments: object = None
    ) -> tuple[Block, ...]:
        """Call an operation whose answer is content: texts, images, sounds, resources.

        What a fallback gives instead is one text.

        Raises:
            ClientError: As `execute`.
        """
        done = await self._run(operation, arguments, _content)
        if done.reply.fallback:
            value = done.reply.value
            return (Text(value if isinstance(value, str) else json.dumps(value)),)
        return cast("tuple[Block, ...]", done.value)

    async def call_for_result(self, operation: Operation[T], arguments: object = None) -> Result[T]:
        """Call an operation whose answer is a value together with content. Raises as `call`."""
        done = await self._run(operation, arguments, _both)
        return cast("Result[T]", done.value)

    async def _run(
        self,
        operation: Operation[Any],
        arguments: object,
        read: Callable[[Operation[Any], Reply], Any],
    ) -> Done:
        """Make a call; `read` says what of the reply is the value."""
        clock = self.client.clock
        started = clock()
        try:
            sent = self._checked(operation, arguments)
            if self.client.hooks.before is not None:
                self._began(operation.name, self._shown(operation, sent))
            options = self._options
            reply, attempts = await followed(
                self.client.tracker,
                options.track,
                options.progress,
                lambda on_progress: self._attempts(operation, sent, on_progress),
            )
            value = read(operation, reply)
        # Cancelled calls count, too, and whoever heard of a call's beginning hears of its end.
        except BaseException as error:
            if isinstance(error, ClientError):
                self._explain(error, operation, arguments)
            self._failed(operation.name, error, clock() - started)
            raise
        duration = clock() - started
        self._succeeded(operation.name, attempts, duration)
        return Done(reply, value, attempts, duration)

    def _attempts(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> Awaitable[tuple[Reply, int]]:
        return self._retried(operation.name, lambda: self._sent(operation, arguments, on_progress))

    async def _sent(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> Reply:
        result = await self.client.exchange.ask(
            lambda connection: connection.call_tool(operation.tool, arguments, on_progress),
            self._options.timeout or operation.timeout or self.config.timeout,
            operation.repeatable,
        )
        if result.is_error:
            raise failure_of(result, operation, arguments, self._secrets(operation))
        return Reply(value_of(result, operation, self.client.surface), result.content)

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
        # `to_json` has seen to it that all numbers are finite.
        found = violations(surface.input(operation.tool), sent, finite=True)
        if found:
            shown = redacted_violations(found, self._secrets(operation), sent)
            raise InvalidArguments(f"invalid arguments: {summary(shown)}", violations=shown)
        return sent

    def _shown(self, operation: Operation[Any], arguments: Json) -> dict[str, object]:
        return cast("dict[str, object]", redacted(arguments, self._secrets(operation)))

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


def _typed(operation: Operation[Any], reply: Reply) -> Any:
    return decoded(operation, reply.value)


def _content(operation: Operation[Any], reply: Reply) -> tuple[Block, ...]:
    return blocks(reply.content)


def _both(operation: Operation[Any], reply: Reply) -> Result[Any]:
    return Result(_typed(operation, reply), _content(operation, reply))


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
