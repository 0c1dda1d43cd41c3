"""Connections to one server: each lives in a task of its own, and is replaced when it dies."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, TypeAlias

import anyio
import anyio.abc
from mcp import Client
from mcp.client.session import (
    ClientRequestContext,
    ClientSession,
    ElicitationFnT,
    ListRootsFnT,
    LoggingFnT,
    MessageHandlerFnT,
    SamplingFnT,
)
from mcp.shared.dispatcher import ProgressFnT
from mcp.shared.exceptions import MCPError
from mcp_types import (
    HEADER_MISMATCH,
    CallToolRequest,
    CallToolRequestParams,
    CallToolResult,
    ErrorData,
    Implementation,
    InputRequiredResult,
    InputResponses,
    LoggingLevel,
    Tool,
)
from pydantic import TypeAdapter

from .faults import reason
from .target import Endpoint

logger = logging.getLogger(__name__)

OnProgress: TypeAlias = ProgressFnT

_ANSWER: TypeAdapter[CallToolResult | InputRequiredResult] = TypeAdapter(
    CallToolResult | InputRequiredResult
)
_MOST_ROUNDS = 10
_MOST_PAGES = 1_000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """What answers the server's own requests, and hears its notifications. All are the SDK's types."""

    elicitation: ElicitationFnT | None = None
    sampling: SamplingFnT | None = None
    roots: ListRootsFnT | None = None
    logging: LoggingFnT | None = None
    log_level: LoggingLevel | None = None
    messages: MessageHandlerFnT | None = None


class Connection:
    """One open session with the server."""

    def __init__(self, client: Client, label: str) -> None:
        self._client = client
        self._label = label
        self._stop = anyio.Event()
        self._life = anyio.CancelScope()
        self._usable = True
        self._session: ClientSession | None = None

    @property
    def usable(self) -> bool:
        return self._usable

    def retire(self) -> None:
        """Hand it out no more; calls on their way may end."""
        self._usable = False

    def close(self) -> None:
        self._usable = False
        self._stop.set()
        if self._session is None:
            # Still being opened, which may take for ever.
            self._life.cancel()

    async def live(self, *, task_status: anyio.abc.TaskStatus[None]) -> None:
        """Open it, keep it open until `close`, and close it. Raises what opening it raises, nothing later."""
        opened = False
        try:
            # Entered and left in this one task: anyio's cancel scopes must not be left from another.
            with self._life:
                async with self._client:
                    opened = True
                    self._session = self._client.session
                    task_status.started()
                    await self._stop.wait()
        except Exception as error:
            if not opened:
                raise
            logger.warning("the connection to %s broke: %s", self._label, reason(error))
            logger.debug("it broke by", exc_info=error)
        finally:
            self._usable = False

    async def call_tool(
        self, tool: str, arguments: dict[str, Any], on_progress: OnProgress | None = None
    ) -> CallToolResult:
        """Call a tool, and answer what the server asks on the way.

        The answer is not checked. The SDK's `Client.call_tool` would list all tools before and check it
        after, which the typed layer does better and some ten times faster, so this is the plain request.

        Raises:
            mcp.shared.exceptions.MCPError: The server answered with a protocol error, or cannot answer any more.
        """
        answer = await self._request(tool, arguments, on_progress, None, None)
        pause = _FIRST_PAUSE
        for _ in range(_MOST_ROUNDS):
            if isinstance(answer, CallToolResult):
                return answer
            responses: InputResponses | None = None
            if answer.input_requests:
                responses = await self._responses(answer)
            else:
                await anyio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            answer = await self._request(
                tool, arguments, on_progress, responses, answer.request_state
            )
        if isinstance(answer, CallToolResult):
            return answer
        raise MCPError(code=0, message=f"the server asked for input more than {_MOST_ROUNDS} times")

    async def tools(self) -> list[Tool]:
        """All tools that the server lists now, in its order."""
        found: list[Tool] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = await self._client.list_tools(cursor=cursor)
            found += page.tools
            cursor = page.next_cursor
            if cursor is None:
                break
        return found

    async def _request(
        self,
        tool: str,
        arguments: dict[str, Any],
        on_progress: OnProgress | None,
        responses: InputResponses | None,
        state: str | None,
    ) -> CallToolResult | InputRequiredResult:
        request = CallToolRequest(
            params=CallToolRequestParams(
                name=tool, arguments=arguments, input_responses=responses, request_state=state
            )
        )
        session = self._open_session()
        try:
            return await session.send_request(request, _ANSWER, progress_callback=on_progress)
        except MCPError as error:
            if error.code != HEADER_MISMATCH:
                raise
            # Protocol 2026-07-28: the parameters that must be repeated in headers are known from the list.
            await self.tools()
            return await session.send_request(request, _ANSWER, progress_callback=on_progress)

    def _open_session(self) -> ClientSession:
        # Kept here because the SDK's client forgets it on closing; a closed session says so itself.
        if self._session is None:
            raise RuntimeError("the connection is not open")
        return self._session

    async def _responses(self, asked: InputRequiredResult) -> InputResponses:
        session = self._open_session()
        responses: InputResponses = {}
        for key, request in (asked.input_requests or {}).items():
            meta = request.params.meta if request.params else None
            context = ClientRequestContext(session=session, request_id=key, meta=meta)
            response = await session.dispatch_input_request(context, request)
            if isinstance(response, ErrorData):
                raise MCPError.from_error_data(response)
            responses[key] = response
        return responses


class Connections:
    """Opens and closes the connections to one endpoint; a pool leases them."""

    def __init__(
        self,
        endpoint: Endpoint,
        callbacks: Callbacks,
        identity: Implementation,
        tasks: anyio.abc.TaskGroup,
    ) -> None:
        """Open nothing yet. The connections' tasks will belong to `tasks`."""
        self._endpoint = endpoint
        self._callbacks = callbacks
        self._identity = identity
        self._tasks = tasks
        self._leases: dict[Connection, int] = {}
        self._unopened: set[Connection] = set()
        self._opening = anyio.Lock()

    async def lease(self) -> Connection:
        """A connection for one call at a time: a new one, or a further share of the common one."""
        if not self._endpoint.shared:
            return await self._open()
        async with self._opening:
            common = next((each for each in self._leases if each.usable), None)
            if common is None:
                return await self._open()
            self._leases[common] += 1
            return common

    def give_up(self, connection: Connection) -> None:
        """End a lease; the last one closes the connection."""
        if connection not in self._leases:
            return
        self._leases[connection] -= 1
        if self._leases[connection] == 0:
            del self._leases[connection]
            connection.close()

    def retire(self) -> None:
        """Let the next call of each lease use a new connection."""
        for connection in self._leases:
            connection.retire()

    def stop(self) -> None:
        """Close all connections, whoever uses them."""
        for connection in (*self._leases, *self._unopened):
            connection.close()
        self._leases.clear()

    async def _open(self) -> Connection:
        connection = Connection(self._client(), self._endpoint.label)
        self._unopened.add(connection)
        try:
            await self._tasks.start(connection.live)
        finally:
            self._unopened.discard(connection)
        self._leases[connection] = 1
        return connection

    def _client(self) -> Client:
        answers = self._callbacks
        return Client(
            self._endpoint.dial(),
            cache=None,
            client_info=self._identity,
            elicitation_callback=answers.elicitation,
            sampling_callback=answers.sampling,
            list_roots_callback=answers.roots,
            logging_callback=answers.logging,
            log_level=answers.log_level,
            message_handler=answers.messages,
        )
