"""A client in memory, for tests: wire objects in, wire objects out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, Final, TypeAlias, cast

import anyio
from anyio.abc import ObjectSendStream, TaskGroup
from mcp.shared.memory import create_client_server_memory_streams
from mcp.shared.message import SessionMessage
from mcp.types import (
    LATEST_PROTOCOL_VERSION,
    ErrorData,
    JSONRPCError,
    JSONRPCMessage,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
)

from ..server.errors import METHOD_NOT_FOUND, ProtocolError
from ..server.request import Wire
from .app import CompiledServer

Answerer: TypeAlias = Callable[[Wire], Awaitable[Wire]]
"""Answers a request of the server: its params, the result. May raise `ProtocolError`."""

_CAPABILITIES: Final[dict[str, Wire]] = {
    "elicitation/create": {"elicitation": {"form": {}, "url": {}}},
    "sampling/createMessage": {"sampling": {}},
    "roots/list": {"roots": {}},
}
_Said: TypeAlias = JSONRPCRequest | JSONRPCNotification | JSONRPCResponse | JSONRPCError


class TestClient:
    """A client that is connected to a server in memory.

    Attributes:
        server: What the server said of itself in the handshake.
        notifications: What it has sent besides answers: `{"method": ..., "params": ...}`, oldest first.
    """

    # Not a test, whatever its name says to pytest.
    __test__ = False

    def __init__(
        self,
        outgoing: ObjectSendStream[SessionMessage],
        tasks: TaskGroup,
        answers: Mapping[str, Answerer],
    ) -> None:
        self.server: Wire = {}
        self.notifications: list[Wire] = []
        self._outgoing = outgoing
        self._tasks = tasks
        self._answers = answers
        self._numbers = count()
        self._waiting: dict[int | str, tuple[anyio.Event, list[_Said]]] = {}

    async def open(self, capabilities: Wire) -> None:
        """Shake hands."""
        who: Wire = {"name": "test", "version": "0"}
        self.server = await self.request(
            "initialize",
            {
                "protocolVersion": LATEST_PROTOCOL_VERSION,
                "capabilities": capabilities,
                "clientInfo": who,
            },
        )
        await self.notify("notifications/initialized")

    async def request(self, method: str, params: Wire | None = None) -> Wire:
        """Ask the server. Raises `ProtocolError` if it answers with an error. Cancelling tells the server."""
        number = next(self._numbers)
        done, answer = self._waiting[number] = (anyio.Event(), [])
        try:
            await self._send(JSONRPCRequest(jsonrpc="2.0", id=number, method=method, params=params))
            await done.wait()
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True), suppress(anyio.BrokenResourceError):
                await self.notify("notifications/cancelled", {"requestId": number})
            raise
        finally:
            del self._waiting[number]
        said = answer[0]
        if isinstance(said, JSONRPCError):
            raise ProtocolError(said.error.code, said.error.message, said.error.data)
        return cast("Wire", cast("JSONRPCResponse", said).result)

    async def notify(self, method: str, params: Wire | None = None) -> None:
        """Tell the server something."""
        await self._send(JSONRPCNotification(jsonrpc="2.0", method=method, params=params))

    async def receive(self, said: _Said) -> None:
        """Take what the server sent."""
        if isinstance(said, JSONRPCNotification):
            self.notifications.append({"method": said.method, "params": said.params or {}})
        elif isinstance(said, JSONRPCRequest):
            self._tasks.start_soon(self._answer, said)
        elif said.id in self._waiting:
            done, answer = self._waiting[said.id]
            answer.append(said)
            done.set()

    async def _answer(self, asked: JSONRPCRequest) -> None:
        try:
            if asked.method not in self._answers:
                raise ProtocolError(METHOD_NOT_FOUND, f"Method not found: {asked.method}")
            result = await self._answers[asked.method](asked.params or {})
        except ProtocolError as refused:
            error = ErrorData(code=refused.code, message=refused.message, data=refused.data)
            await self._send(JSONRPCError(jsonrpc="2.0", id=asked.id, error=error))
        else:
            await self._send(JSONRPCResponse(jsonrpc="2.0", id=asked.id, result=result))

    async def _send(self, said: _Said) -> None:
        await self._outgoing.send(SessionMessage(JSONRPCMessage(said)))


@asynccontextmanager
async def connect(
    server: CompiledServer[Any, Any],
    *,
    answers: Mapping[str, Answerer] | None = None,
    capabilities: Wire | None = None,
) -> AsyncGenerator[TestClient]:
    """A client of `server`, in memory.

    Args:
        answers: What answers the server's own requests, by method.
        capabilities: What the client declares; without them, what `answers` can do.
    """
    given = answers or {}
    failed: Exception | None = None
    if capabilities is None:
        capabilities = {
            key: value for method in given for key, value in _CAPABILITIES[method].items()
        }
    async with (
        create_client_server_memory_streams() as ((incoming, outgoing), (read, write)),
        anyio.create_task_group() as tasks,
    ):
        client = TestClient(outgoing, tasks, given)

        async def serve() -> None:
            options = server.lowlevel.create_initialization_options()
            await server.lowlevel.run(cast("Any", read), write, options)

        async def listen() -> None:
            async for message in incoming:
                if isinstance(message, SessionMessage):
                    await client.receive(message.message.root)

        tasks.start_soon(serve)
        tasks.start_soon(listen)
        await client.open(capabilities)
        try:
            yield client
        except Exception as error:
            failed = error
        finally:
            tasks.cancel_scope.cancel()
    # Out here, or the task group would wrap what a test expects to see.
    if failed is not None:
        raise failed
