"""Single requests over pooled connections: each ends in a result, or in a `ClientError` that says what went wrong."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from operator import attrgetter
from typing import TypeVar

import anyio
import anyio.abc

from .changes import Interest
from .connection import Connection, Setup
from .connections import Connections
from .errors import AttemptTimeout, ClientError, ConnectionError, ResourceExhaustedError
from .faults import TRANSPORT_FAULTS, ends_connection, fault, late, unreachable
from .limits import TimeLimits
from .listening import Changes
from .pool import ResourcePool

T = TypeVar("T")

_CLOSING_TIME = 10.0


class _Wait:
    """Whether a request waits for a free connection still."""

    __slots__ = ("over",)

    def __init__(self) -> None:
        self.over = False

    def end(self) -> None:
        self.over = True


class Exchange:
    """The connections of one client, and what is asked over them.

    Attributes:
        pool: The connections that requests use.
    """

    def __init__(self, name: str, pool_size: int, pool_wait: float | None) -> None:
        """Be closed for now.

        Args:
            name: The client's.
            pool_wait: Seconds that a request waits for a free connection; `None`: as long as its timeout.
        """
        self._name = name
        self._wait = pool_wait
        self._label = "no server"
        self._connections: Connections | None = None
        self._tasks: anyio.abc.TaskGroup | None = None
        self._limits = TimeLimits()
        self._scope = anyio.CancelScope
        self.pool = ResourcePool[Connection](
            pool_size, factory=self._lease, discard=self._give_up, usable=attrgetter("usable")
        )

    @property
    def is_open(self) -> bool:
        return self._tasks is not None

    async def open(self, setup: Setup) -> None:
        """Be ready to connect; nothing is opened yet."""
        tasks = anyio.create_task_group()
        await tasks.__aenter__()
        self._tasks = tasks
        self._limits.open(tasks)
        # The event loop's own class: anyio looks it up for each scope, which costs each request 1 us.
        self._scope = type(anyio.CancelScope())
        self._label = setup.endpoint.label
        self._connections = Connections(setup, tasks)

    async def close(self) -> None:
        """Close all connections, whoever uses them."""
        tasks, connections = self._tasks, self._connections
        self._tasks = self._connections = None
        if tasks is None or connections is None:
            return
        connections.stop()
        self._limits.close()
        await self.pool.close()
        tasks.cancel_scope.deadline = anyio.current_time() + _CLOSING_TIME
        # Left as if nothing was raised: the connections are to close in order, and the program's
        # exception is to stay what it is instead of becoming part of an exception group.
        await tasks.__aexit__(None, None, None)

    def reconnect(self) -> None:
        """Let the next requests use new connections; those on their way keep theirs."""
        if self._connections is not None:
            self._connections.retire()

    async def ask(
        self,
        request: Callable[[Connection], Awaitable[T]],
        timeout: float,
        repeatable: bool,
    ) -> T:
        """Make one request, over a connection of the pool.

        Args:
            timeout: Seconds, for a free connection and the answer together; without those in which
                the program answers the server.
            repeatable: Whether the same request may be made again if nobody knows what became of it.

        Raises:
            ClientError: It does not end in a result.
        """
        wait: _Wait | None = None
        sent = False
        try:
            with self._scope() as limit:
                connection = self.pool.take()
                if connection is not None and connection.patience is None:
                    self._limits.add(limit, timeout)
                else:
                    limit.deadline = anyio.current_time() + timeout
                    if connection is None:
                        wait = _Wait()
                        connection = await self._acquired(wait)
                try:
                    sent = True
                    if connection.patience is None:
                        return await request(connection)
                    with connection.patience.limiting(limit):
                        return await request(connection)
                except TRANSPORT_FAULTS as error:
                    if ends_connection(error):
                        connection.retire()
                    raise fault(error, repeatable) from error
                finally:
                    if not self.pool.put_back(connection):
                        await self.pool.release(connection)
                    self._limits.remove(limit)
        except TimeoutError:
            pass
        if sent:
            raise late(timeout, repeatable)
        raise self._unsent(timeout, waiting=wait is not None and not wait.over)

    @asynccontextmanager
    async def listen(self, interest: Interest, timeout: float) -> AsyncGenerator[Changes]:
        """Hear of changes, over a connection of its own, or the common one; none is taken from the pool.

        Args:
            timeout: Seconds until the server has to have agreed.

        Raises:
            ClientError: It did not.
        """
        async with AsyncExitStack() as left:
            try:
                with anyio.fail_after(timeout):
                    connection = await self._leased()
                    left.push_async_callback(self._give_up, connection)
                    changes = await left.enter_async_context(connection.listen(interest))
            except TimeoutError:
                raise late(timeout, repeatable=True) from None
            except TRANSPORT_FAULTS as error:
                raise fault(error, repeatable=True) from error
            yield changes

    async def _acquired(self, wait: _Wait) -> Connection:
        try:
            return await self.pool.acquire(self._wait, wait.end)
        except (ClientError, TimeoutError):
            raise
        except Exception as error:
            raise unreachable(self._label, error) from error

    async def _leased(self) -> Connection:
        try:
            return await self._lease()
        except (ClientError, TimeoutError):
            raise
        except Exception as error:
            raise unreachable(self._label, error) from error

    async def _lease(self) -> Connection:
        if self._connections is None:
            raise ConnectionError(f"client {self._name!r} is not connected; use `async with`")
        return await self._connections.lease()

    async def _give_up(self, connection: Connection) -> None:
        if self._connections is not None:
            self._connections.give_up(connection)

    def _unsent(self, timeout: float, *, waiting: bool) -> ClientError:
        if waiting:
            return ResourceExhaustedError(f"no connection came free within {timeout:g} s")
        return AttemptTimeout(f"no connection to {self._label} within {timeout:g} s")
