"""Another MCP server, to which calls are passed on: `McpServer`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, cast

from mcp import StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import Implementation, PromptReference, ResourceTemplateReference
from typing_extensions import TypeForm

from ..bound.values import sent
from ..client import received
from ..client.connection import Connection, Setup
from ..client.errors import CannotAnswer, ClientError, RetryableError
from ..client.exchange import Exchange
from ..client.headers import Mirrored
from ..client.http import HttpServer
from ..client.questions import Callbacks
from ..client.target import Target, endpoint
from ..server.errors import MISSING_CLIENT_CAPABILITY
from ..server.result import Completions, Part
from ..shared.content import Message
from ..shared.failure import BackendError
from ..shared.model import Unset
from ..shared.uri_template import Value
from .addresses import spelled
from .circles import Circle, Words
from .held import parts, value_of
from .refusal import refusal
from .reply import Reply

T = TypeVar("T")

_PATIENCE = 24 * 3600.0
"""Seconds that an answer may take: the operation's own time limit ends a call much earlier, if it has one."""

_COMPLETING = 30.0
"""Seconds for a completion, which has no time limit of its own: people wait for it while they type."""

_CONNECTIONS = 10


class Passing(Protocol):
    """What is passed on: the context of a handler."""

    @property
    def uri(self) -> str | None: ...

    @property
    def headers(self) -> Mapping[str, str] | None: ...

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
        self._circle = Circle()
        self._starts = url is None
        if url is None:
            program, *arguments = command
            counted = {**_there(environment), **self._circle.environment}
            target: Target = StdioServerParameters(
                command=program, args=arguments, env=counted, cwd=folder
            )
        else:
            target = HttpServer(url=url, headers=_there(headers), auth=Words())
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
        context: Passing,
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

        return await self._ask(request, f"tool {tool}", context, _PATIENCE, repeatable)

    async def read(
        self,
        address: str,
        context: Passing,
        variables: Mapping[str, Value | None] | None = None,
    ) -> list[Part]:
        """What a resource holds, in all its parts, each as the server types it.

        Args:
            address: Its own, or a template.
            context: Knows how the caller spells the address, which is kept where it says the same.
            variables: The values of the template's variables; those that are `None` are left out.

        Raises:
            ProtocolError: The server knows no such resource, or answered with a declared error.
            BackendError: It did not answer, or with another protocol error.
        """
        uri = address if variables is None else spelled(address, variables, context.uri)

        async def request(connection: Connection) -> list[Part]:
            return parts(received.contents(await connection.read_resource(uri)), uri)

        return await self._offered(request, f"resource {address}", context, _PATIENCE)

    async def read_json(
        self,
        kind: TypeForm[T],
        address: str,
        context: Passing,
        variables: Mapping[str, Value | None] | None = None,
    ) -> T:
        """The JSON that a resource holds, as `kind`. Raises as `read`, and `BackendError` if it is none."""
        return value_of(kind, await self.read(address, context, variables), self._label)

    async def prompt(
        self, name: str, context: Passing, arguments: Mapping[str, str | None] | None = None
    ) -> Sequence[Message]:
        """A prompt's messages; arguments that are `None` are left out. Raises as `read`."""
        given = {key: one for key, one in (arguments or {}).items() if one is not None}

        async def request(connection: Connection) -> Sequence[Message]:
            return received.prompt(await connection.fill_prompt(name, given)).messages

        return await self._offered(request, f"prompt {name}", context, _PATIENCE)

    async def complete_argument(
        self,
        prompt: str,
        argument: str,
        value: str,
        others: Mapping[str, object],
        context: Passing,
    ) -> Completions:
        """What an argument of a prompt may go on to. Raises as `read`.

        Args:
            others: Arguments that are known already.
        """
        return await self._completed(PromptReference(name=prompt), argument, value, others, context)

    async def complete_variable(
        self,
        template: str,
        variable: str,
        value: str,
        others: Mapping[str, object],
        context: Passing,
    ) -> Completions:
        """The same of a variable of a resource template."""
        of = ResourceTemplateReference(uri=template)
        return await self._completed(of, variable, value, others, context)

    async def _completed(
        self,
        of: PromptReference | ResourceTemplateReference,
        name: str,
        value: str,
        others: Mapping[str, object],
        context: Passing,
    ) -> Completions:
        known = {key: one for key, one in others.items() if isinstance(one, str)}

        async def request(connection: Connection) -> Completions:
            said = await connection.complete(of, name, value, known or None)
            found = received.completion(said)
            return Completions(found.values, found.total, found.more)

        return await self._offered(request, f"completion {of}", context, _COMPLETING)

    async def _offered(
        self,
        request: Callable[[Connection], Awaitable[T]],
        asked: str,
        context: Passing,
        patience: float,
    ) -> T:
        """Ask for something whose result has no room for errors: what the server refuses is told on."""

        async def told(connection: Connection) -> T:
            try:
                return await request(connection)
            except MCPError as error:
                refused = refusal(error)
                if refused is None:
                    raise
                raise refused from error

        return await self._ask(told, asked, context, patience, repeatable=True)

    async def _ask(
        self,
        request: Callable[[Connection], Awaitable[T]],
        asked: str,
        context: Passing,
        patience: float,
        repeatable: bool,
    ) -> T:
        headers = context.headers
        problem = self._circle.problem(self._label, asked, headers, starts=self._starts)
        if problem is not None:
            raise BackendError(problem)
        try:
            with self._circle.passing(asked, headers):
                return await self._exchange.ask(request, patience, repeatable)
        except CannotAnswer as error:
            message = f"{self._label} has a question for the user, and questions are not passed on"
            raise BackendError(message) from error
        except ClientError as error:
            said = error.message
            if error.context.get("code") == MISSING_CLIENT_CAPABILITY:
                said = f"it wants of its client what is not passed on: {said}"
            retryable = isinstance(error, RetryableError)
            raise BackendError(f"{self._label}: {said}", retryable=retryable) from error


def _there(values: Mapping[str, str | Unset] | None) -> dict[str, str]:
    return {key: value for key, value in (values or {}).items() if not isinstance(value, Unset)}
