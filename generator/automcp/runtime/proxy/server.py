"""Another MCP server, to which calls are passed on: `McpServer`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from mcp import StdioServerParameters
from mcp_types import Implementation

from ..bound.values import sent
from ..client.connection import Connection, Setup
from ..client.errors import ClientError, RetryableError
from ..client.exchange import Exchange
from ..client.headers import Mirrored
from ..client.http import HttpServer
from ..client.questions import Callbacks
from ..client.target import Target, endpoint
from ..shared.failure import BackendError
from ..shared.model import Unset
from .reply import Reply

_PATIENCE = 24 * 3600.0
"""Seconds that an answer may take: the operation's own time limit ends a call much earlier, if it has one."""

_CONNECTIONS = 10


class Progressing(Protocol):
    """What is told how far a call has come: the context of a handler."""

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None: ...


class McpServer:
    """A server that is started, or reached, when the first call is passed on to it.

    A command is started once, and again after it has died; a URL gets a connection for each call at a time.

    Args:
        command: The program and its arguments.
        url: Instead of a command: the address of its MCP endpoint.
        name: How this server introduces itself there.
        environment: What the command finds in its environment beside `PATH`, `HOME` and the like; what is
            `UNSET` is left out.
        folder: Where the command runs.
        headers: Sent with every HTTP request; what is `UNSET` is left out.

    Raises:
        ValueError: A URL that is none, or an empty command.
    """

    def __init__(
        self,
        command: Sequence[str] = (),
        *,
        url: str | None = None,
        name: str = "proxy",
        environment: Mapping[str, str | Unset] | None = None,
        folder: str | None = None,
        headers: Mapping[str, str | Unset] | None = None,
    ) -> None:
        if url is None:
            program, *arguments = command
            target: Target = StdioServerParameters(
                command=program, args=arguments, env=_there(environment), cwd=folder
            )
        else:
            target = HttpServer(url=url, headers=_there(headers))
        identity = Implementation(name=name, version="0")
        reached = endpoint(target)
        self._label = reached.label
        self._setup = Setup(reached, identity, Callbacks(), "auto", Mirrored)
        self._exchange = Exchange(self._label, _CONNECTIONS, None)

    async def start(self) -> None:
        """Be ready to connect; to be called in the task that calls `aclose`."""
        await self._exchange.open(self._setup)

    async def aclose(self) -> None:
        """Close all connections, and end a server that was started."""
        await self._exchange.close()

    async def call(
        self,
        tool: str,
        arguments: object,
        context: Progressing,
        *,
        repeatable: bool = False,
    ) -> Reply:
        """Pass a call on, and its progress back.

        Args:
            arguments: An object; what is `UNSET` in it is left out.
            repeatable: Whether the same call may be made again if nobody knows what became of it.

        Raises:
            PassedOn: The server answered with an error result.
            BackendError: It did not answer, or with a protocol error.
        """
        given = cast("dict[str, Any]", sent(arguments))

        async def told(progress: float, total: float | None, message: str | None) -> None:
            await context.progress(progress, total, message)

        async def request(connection: Connection) -> Reply:
            return Reply.of(self._label, await connection.call_tool(tool, given, told))

        try:
            return await self._exchange.ask(request, _PATIENCE, repeatable)
        except ClientError as error:
            raise BackendError(
                f"{self._label}: {error.message}", retryable=isinstance(error, RetryableError)
            ) from error


def _there(values: Mapping[str, str | Unset] | None) -> dict[str, str]:
    return {key: value for key, value in (values or {}).items() if not isinstance(value, Unset)}
