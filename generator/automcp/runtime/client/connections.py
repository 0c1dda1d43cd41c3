"""The connections to one server: each lives in a task of its own, and is replaced when it dies."""

from __future__ import annotations

import anyio
import anyio.abc

from .connection import Connection, Setup


class Connections:
    """Opens and closes the connections to one endpoint; a pool leases them."""

    def __init__(self, setup: Setup, tasks: anyio.abc.TaskGroup) -> None:
        """Open nothing yet. The connections' tasks will belong to `tasks`."""
        self._setup = setup
        self._tasks = tasks
        self._leases: dict[Connection, int] = {}
        self._unopened: set[Connection] = set()
        self._opening = anyio.Lock()

    async def lease(self) -> Connection:
        """A connection for one call at a time: a new one, or a further share of the common one."""
        if not self._setup.endpoint.shared:
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
        connection = Connection(self._setup)
        self._unopened.add(connection)
        try:
            await self._tasks.start(connection.live)
        finally:
            self._unopened.discard(connection)
        self._leases[connection] = 1
        return connection
