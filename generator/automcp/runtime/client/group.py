"""Calls of a group's operations, typed and untyped: `ClientGroup`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar, cast

from mcp_types import CallToolResult, ContentBlock

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
R = TypeVar("R")


# Each call makes one, and a frozen dataclass takes three times as long to make.
class Reply(NamedTuple):
    """What an attempt gave. `fallback`: it was not the server that gave it."""

    value: Json
    content: Sequence[ContentBlock] = ()
    fallback: bool = False


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
        started = self.client.clock()
        response = await self._run(self._named(operation), arguments, _response)
        return replace(response, duration=self.client.clock() - started)

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

    # No `async def`s, where nothing is awaited: each of those would cost every call a frame.

    def call(self, operation: Operation[T], arguments: object = None) -> Coroutine[Any, Any, T]:
        """Call an operation, typed; for the methods of generated groups.

        Args:
            arguments: A mapping or a model. Members that are `UNSET` are not sent.

        Returns:
            The answer, checked against the output schema, as the operation's type.

        Raises:
            ClientError: As `execute`.
        """
        return self._run(operation, arguments, _typed)

    def call_for_blocks(
        self, operation: Operation[Any], arguments: object = None
    ) -> Coroutine[Any, Any, tuple[Block, ...]]:
        """Call an operation whose answer is content: texts, images, sounds, resources.

        What a fallback gives instead is one text.

        Raises:
            ClientError: As `execute`.
        """
        return self._run(operation, arguments, _content)

    def call_for_result(
        self, operation: Operation[T], arguments: object = None
    ) -> Coroutine[Any, Any, Result[T]]:
        """Call an operation whose answer is a value together with content. Raises as `call`."""
        return self._run(operation, arguments, _both)

    async def _run(
        self,
        operation: Operation[T],
        arguments: object,
        read: Callable[[Operation[T], Reply, int], R],
    ) -> R:
        """Make a call; `read` says what the reply is to the caller, and is told how many attempts were made."""
        clock = self.client.clock
        started = clock()
        try:
            sent = self._checked(operation, arguments)
            if self.client.hooks.before is not None:
                self._began(operation.name, self._shown(operation, sent))
            options = self._options
            if options.track is None and options.progress is None:
                reply, attempts = await self._attempts(operation, sent, None)
            else:
                reply, attempts = await followed(
                    self.client.tracker,
                    options.track,
                    options.progress,
                    lambda on_progress: self._attempts(operation, sent, on_progress),
                )
            value = read(operation, reply, attempts)
        # Cancelled calls count, too, and whoever heard of a call's beginning hears of its end.
        except BaseException as error:
            if isinstance(error, ClientError):
                self._explain(error, operation, arguments)
            self._failed(operation.name, error, clock() - started)
            raise
        self._succeeded(operation.name, attempts, clock() - started)
        return value

    def _attempts(
        self, operation: Operation[Any], arguments: dict[str, Json], on_progress: OnProgress | None
    ) -> Awaitable[tuple[Reply, int]]:
        timeout = self._options.timeout or operation.timeout or self.config.timeout
        return self._retried(
            operation.name,
            lambda: self.client.exchange.ask(
                lambda connection: connection.call_tool(operation.tool, arguments, on_progress),
                timeout,
                operation.repeatable,
            ),
            lambda answer: self._reply(operation, arguments, answer),
        )

    def _reply(
        self, operation: Operation[Any], arguments: dict[str, Json], answer: CallToolResult
    ) -> Reply:
        if answer.is_error:
            raise failure_of(answer, operation, arguments, self._secrets(operation))
        return Reply(value_of(answer, operation, self.client.surface), answer.content)

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
        try:
            schema = self.client.surface.input(operation.tool)
        except KeyError:
            raise UnknownOperation(f"the server has no tool {operation.tool!r}") from None
        sent = _as_object(arguments)
        # `to_json` has seen to it that all numbers are finite.
        found = violations(schema, sent, finite=True)
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


def _typed(operation: Operation[T], reply: Reply, attempts: int) -> T:
    return decoded(operation, reply.value)


def _content(operation: Operation[Any], reply: Reply, attempts: int) -> tuple[Block, ...]:
    if reply.fallback:
        value = reply.value
        return (Text(value if isinstance(value, str) else json.dumps(value)),)
    return blocks(reply.content)


def _both(operation: Operation[T], reply: Reply, attempts: int) -> Result[T]:
    return Result(decoded(operation, reply.value), blocks(reply.content))


def _response(operation: Operation[Any], reply: Reply, attempts: int) -> ExecutionResponse:
    return ExecutionResponse(
        content=blocks(reply.content),
        data=reply.value,
        attempts=attempts,
        fallback=reply.fallback,
    )


def _as_object(arguments: object) -> dict[str, Json]:
    plain = arguments
    if type(arguments) is not dict and isinstance(arguments, Mapping):
        plain = dict(cast("Mapping[str, object]", arguments))
    try:
        sent = {} if plain is None else to_json(plain)
    except (TypeError, ValueError) as error:
        raise InvalidArguments(f"the arguments are no JSON: {printable(str(error))}") from error
    if not isinstance(sent, dict):
        raise InvalidArguments(f"the arguments must be an object, not {type(sent).__name__}")
    return sent
