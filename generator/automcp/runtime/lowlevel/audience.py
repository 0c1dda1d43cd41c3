"""Who hears of changes: streams of `subscriptions/listen`, and the live connections of earlier revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast
from weakref import WeakSet

import anyio
from mcp.server.connection import Connection
from mcp.server.session import ServerSession
from mcp.server.subscriptions import SubscriptionBus
from mcp.shared.subscriptions import (
    PromptsListChanged,
    ResourcesListChanged,
    ResourceUpdated,
    ToolsListChanged,
)

from ..server.request import Change, ListChanged

_SUBSCRIPTIONS: Final = "automcp.subscriptions"
_LOG_LEVEL: Final = "automcp.log_level"
_LEVELS = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")
_PATIENCE = 5.0
"""Seconds that a connection may take to be told; one that stopped reading must not hold up the others."""

_LISTS: dict[str, Callable[[], Any]] = {
    "tools": ToolsListChanged,
    "prompts": PromptsListChanged,
    "resources": ResourcesListChanged,
}


class Audience:
    """The listeners of one server. Connections are forgotten when they end."""

    def __init__(self, bus: SubscriptionBus) -> None:
        self._bus = bus
        self._connections = WeakSet[Connection]()

    def __len__(self) -> int:
        """How many connections of earlier revisions are alive."""
        return len(self._connections)

    def join(self, session: ServerSession) -> None:
        """A connection of an earlier revision is ready to be told."""
        self._connections.add(_connection(session))

    def subscribe(self, session: ServerSession, uri: str) -> None:
        """Tell the connection of the resource's updates (`resources/subscribe`)."""
        _subscriptions(_connection(session)).add(uri)

    def unsubscribe(self, session: ServerSession, uri: str) -> None:
        """Tell it no more."""
        _subscriptions(_connection(session)).discard(uri)

    async def publish(self, change: Change) -> None:
        """Tell everybody who listens."""
        if isinstance(change, ListChanged):
            await self._bus.publish(_LISTS[change.of]())
            await self._tell(
                f"notifications/{change.of}/list_changed", None, list(self._connections)
            )
            return
        await self._bus.publish(ResourceUpdated(uri=change.uri))
        wanting = [one for one in self._connections if change.uri in _subscriptions(one)]
        await self._tell("notifications/resources/updated", {"uri": change.uri}, wanting)

    async def _tell(
        self, method: str, params: dict[str, str] | None, connections: list[Connection]
    ) -> None:
        async def tell(connection: Connection) -> None:
            with anyio.move_on_after(_PATIENCE):
                await connection.notify(method, params)

        async with anyio.create_task_group() as tasks:
            for connection in connections:
                tasks.start_soon(tell, connection)


def choose_level(session: ServerSession, level: str) -> None:
    """Keep what `logging/setLevel` says, for the connection."""
    _connection(session).state[_LOG_LEVEL] = level


def wants(session: ServerSession, level: str) -> bool:
    """Whether the connection wants log messages of this level; all, until it says otherwise."""
    chosen = _connection(session).state.get(_LOG_LEVEL, _LEVELS[0])
    return _LEVELS.index(level) >= _LEVELS.index(chosen)


def _subscriptions(connection: Connection) -> set[str]:
    return cast("set[str]", connection.state.setdefault(_SUBSCRIPTIONS, set[str]()))


def _connection(session: ServerSession) -> Connection:
    # The session is made anew for each request, and has no public way to the connection that it stands for.
    return cast("Connection", cast("Any", session)._connection)
