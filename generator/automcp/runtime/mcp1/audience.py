"""Who hears of changes: the live connections of one server."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar

import anyio

from ..server.request import Change, ListChanged, Wire
from .connection import Connection

_PATIENCE = 5.0
"""Seconds that a connection may take to be told; one that stopped reading must not hold up the others."""

_current: ContextVar[Connection] = ContextVar("automcp.connection")


class Audience:
    """The live connections. One that ends is forgotten."""

    def __init__(self) -> None:
        self._connections = set[Connection]()

    def __len__(self) -> int:
        return len(self._connections)

    @property
    def current(self) -> Connection:
        """The connection on which the request of this task came. Raises `LookupError` outside of requests."""
        return _current.get()

    @contextmanager
    def hosting(self, connection: Connection) -> Generator[None]:
        """The connection's whole life; what its tasks start has it as `current`."""
        self._connections.add(connection)
        token = _current.set(connection)
        try:
            yield
        finally:
            _current.reset(token)
            self._connections.discard(connection)

    async def publish(self, change: Change) -> None:
        """Tell everybody who listens: of lists all, of a resource those that subscribed to it."""
        ready = [one for one in self._connections if one.ready]
        if isinstance(change, ListChanged):
            await _tell(ready, f"notifications/{change.of}/list_changed", {})
            return
        wanting = [one for one in ready if change.uri in one.subscriptions]
        await _tell(wanting, "notifications/resources/updated", {"uri": change.uri})


async def _tell(connections: Iterable[Connection], method: str, params: Wire) -> None:
    async def tell(connection: Connection) -> None:
        with anyio.move_on_after(_PATIENCE):
            await connection.notify(method, params)

    async with anyio.create_task_group() as tasks:
        for connection in connections:
            tasks.start_soon(tell, connection)
