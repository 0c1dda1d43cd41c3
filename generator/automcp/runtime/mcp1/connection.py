"""One client's connection, seen from between the transport and the SDK's session.

The SDK rewrites what it reads (a resource's `file:///a/../b` arrives as `file:///b`), takes methods that
it does not know for wrong parameters, and introduces every server without its title. What goes by here is
as the client sent it, and as it will get it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypeVar, cast, get_args

import anyio
from anyio.lowlevel import checkpoint
from mcp.shared.message import ServerMessageMetadata, SessionMessage
from mcp.types import (
    METHOD_NOT_FOUND,
    ClientRequestType,
    ErrorData,
    JSONRPCError,
    JSONRPCMessage,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    RequestId,
)
from pydantic import BaseModel

from ..server.request import Level, Wire

REQUESTS: Final[dict[str, type[BaseModel]]] = {
    kind.model_fields["method"].default: kind
    for kind in cast("tuple[type[BaseModel], ...]", get_args(ClientRequestType))
}
"""The SDK's type of each request that a client may send, by its method."""

_TURNS_TO_BEGIN = 5
"""Turns of the event loop in which a request that was read surely begins: its way leads through two tasks."""

T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


class Closing(Protocol):
    async def __aenter__(self) -> Any: ...
    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> Any: ...


class Source(Closing, Protocol[T_co]):
    async def __anext__(self) -> T_co: ...


class Sink(Closing, Protocol[T_contra]):
    async def send(self, item: T_contra, /) -> None: ...


class Connection:
    """What is known of one client, and the way to it.

    Attributes:
        incoming, outgoing: The streams as the SDK's session is to use them.
        stateless: Whether it ends with its one request, so that a client can answer nothing on it.
        ready: Whether the client has finished the handshake, and may be told of changes.
        level: The least level of the log messages that it wants.
        subscriptions: The resources whose changes it wants to hear of.
    """

    def __init__(
        self,
        incoming: Source[SessionMessage | Exception],
        outgoing: Sink[SessionMessage],
        introduction: Wire,
        *,
        stateless: bool,
    ) -> None:
        """Stand between two streams. `introduction` is what to add to the handshake's `serverInfo`."""
        self.incoming = _Incoming(incoming, self)
        self.outgoing = _Outgoing(outgoing, self)
        self.stateless = stateless
        self.ready = False
        self.level: Level = "debug"
        self.subscriptions = set[str]()
        self._introduction = introduction
        self._open: dict[RequestId, JSONRPCRequest] = {}

    def params(self, request: RequestId) -> Wire:
        """The params of a request that waits for its answer, as the client sent them."""
        return self._open[request].params or {}

    async def notify(self, method: str, params: Wire, related: RequestId | None = None) -> None:
        """Send a notification, on the stream of the request that it belongs to. Nothing if nobody is there."""
        notification = JSONRPCNotification(jsonrpc="2.0", method=method, params=params)
        # Not by the session, which takes the request id 0 for none.
        metadata = ServerMessageMetadata(related_request_id=related)
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
            await self.outgoing.send(SessionMessage(JSONRPCMessage(notification), metadata))

    async def admit(self, message: SessionMessage | Exception) -> bool:
        """Take note of what the client sent; whether the session is to see it, too."""
        said = message.message.root if isinstance(message, SessionMessage) else None
        if isinstance(said, JSONRPCNotification):
            self.ready = self.ready or said.method == "notifications/initialized"
            if said.method == "notifications/cancelled":
                # Or the SDK drops a cancellation whose request has been read, but not begun.
                for _ in range(_TURNS_TO_BEGIN):
                    await checkpoint()
        elif isinstance(said, JSONRPCRequest):
            if said.method not in REQUESTS:
                await self._refuse(said)
                return False
            self._open[said.id] = said
        return True

    def answered(self, message: SessionMessage) -> None:
        """Take note of what is about to be sent, and complete it."""
        said = message.message.root
        if not isinstance(said, JSONRPCResponse | JSONRPCError):
            return
        request = self._open.pop(said.id, None)
        if isinstance(said, JSONRPCResponse) and request and request.method == "initialize":
            said.result["serverInfo"].update(self._introduction)

    async def _refuse(self, asked: JSONRPCRequest) -> None:
        error = ErrorData(code=METHOD_NOT_FOUND, message="Method not found", data=asked.method)
        answer = JSONRPCError(jsonrpc="2.0", id=asked.id, error=error)
        await self.outgoing.send(SessionMessage(JSONRPCMessage(answer)))


class _Incoming:
    """A stream of messages that the connection sees first."""

    def __init__(self, stream: Source[SessionMessage | Exception], connection: Connection) -> None:
        self._stream = stream
        self._connection = connection

    async def __aenter__(self) -> Self:
        await self._stream.__aenter__()
        return self

    async def __aexit__(self, *raised: Any) -> None:
        await self._stream.__aexit__(*raised)

    def __aiter__(self) -> AsyncIterator[SessionMessage | Exception]:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        while True:
            message = await self._stream.__anext__()
            if await self._connection.admit(message):
                return message


class _Outgoing:
    """A stream into which the connection looks."""

    def __init__(self, stream: Sink[SessionMessage], connection: Connection) -> None:
        self._stream = stream
        self._connection = connection

    async def __aenter__(self) -> Self:
        await self._stream.__aenter__()
        return self

    async def __aexit__(self, *raised: Any) -> None:
        await self._stream.__aexit__(*raised)

    async def send(self, message: SessionMessage) -> None:
        self._connection.answered(message)
        await self._stream.send(message)
