"""The client itself: its connections, its groups, and what they share."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

import anyio
import anyio.abc
from mcp_types import CallToolResult, Implementation

from ..shared.model import Json
from ..shared.surface import Surface, Wire, differences
from .boundary import execute_with_boundary
from .breaker import Clock
from .catalog import discovered, grouped, named
from .config import ClientConfig
from .connection import Callbacks, Connection, Connections, OnProgress
from .errors import (
    AttemptTimeout,
    ClientError,
    ConnectionError,
    ResourceExhaustedError,
    SurfaceMismatch,
)
from .faults import TRANSPORT_FAULTS, ends_connection, fault, late, reason, unreachable
from .group import ClientGroup
from .handling import ErrorHandlingGroup
from .hooks import Hooks
from .metrics import ClientMetrics
from .operation import Operation
from .pool import PoolStats, ResourcePool
from .progress import ProgressTracker
from .retry import Sleep
from .target import Target, endpoint

logger = logging.getLogger(__name__)

_CLOSING_TIME = 10.0

P = ParamSpec("P")
T = TypeVar("T")
GroupT = TypeVar("GroupT", bound=ClientGroup)


class AutoMCPClient:
    """A client of one MCP server. `async with client:` connects, and closes everything whatever happens.

    Attributes:
        groups: The groups by name. Without a compiled surface they are made on connecting: one for each
            beginning of a tool's name up to the first "_" or ".", and one called like the client for the rest.
    """

    def __init__(
        self,
        name: str,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        server: Target | None = None,
        surface: Surface | None = None,
        hooks: Hooks | None = None,
        tracker: ProgressTracker | None = None,
        callbacks: Callbacks | None = None,
        sleep: Sleep = anyio.sleep,
        clock: Clock = time.monotonic,
    ) -> None:
        """Make a client; nothing is opened yet.

        Args:
            config: Its behaviour, as itself or as a mapping of its fields.
            server: What to connect to; see `Target`.
            surface: What the server offered when this client was compiled; without it, it is asked.
            callbacks: What answers the server's own requests.
            sleep: Pauses between attempts, for so many seconds.
            clock: Seconds, for durations and the circuit breakers.

        Raises:
            TypeError: An unknown field in `config`, or a target of a kind that is none.
            ValueError: A value in `config` out of range, or a target that cannot be one.
        """
        self.name = name
        self.config = ClientConfig.of(config)
        self.groups: dict[str, ClientGroup] = {}
        self.hooks = hooks or Hooks()
        self.metrics = ClientMetrics()
        self.tracker = tracker or ProgressTracker()
        self.sleep = sleep
        self.clock = clock
        self._compiled = surface
        self._surface = surface
        self._named: dict[str, Mapping[str, Operation[Any]]] = {}
        self._endpoint = None if server is None else endpoint(server)
        self._callbacks = callbacks or Callbacks()
        self._connections: Connections | None = None
        self._tasks: anyio.abc.TaskGroup | None = None
        self._pool = ResourcePool[Connection](
            self.config.pool_size, factory=self._lease, discard=self._give_up, usable=_usable
        )

    @property
    def surface(self) -> Surface:
        """What the server offers. Raises `ConnectionError` before a client without one has connected."""
        if self._surface is None:
            raise self._unconnected()
        return self._surface

    @property
    def pool_stats(self) -> PoolStats:
        """The connection pool at this moment."""
        return self._pool.stats

    def add_group(self, group: GroupT) -> GroupT:
        """Put a group among `groups`, and give it back."""
        self.groups[group.name] = group
        return group

    def operations(self, group: str) -> Mapping[str, Operation[Any]]:
        """What a group without operations of its own may call, by name. Raises as `surface`."""
        if group not in self._named:
            self._named[group] = named(self.surface, group)
        return self._named[group]

    async def execute_with_boundary(
        self, func: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `func`; whatever it raises arrives as an `OperationError`, see `boundary`."""
        return await execute_with_boundary(func, *args, **kwargs)

    def reconnect(self) -> None:
        """Let the next calls use new connections; calls on their way keep theirs."""
        if self._connections is not None:
            self._connections.retire()

    async def __aenter__(self) -> Self:
        """Connect, and compare the server's tools with the compiled ones as `config.verify` says.

        Raises:
            ConnectionError: There is no target, or it cannot be reached.
            SurfaceMismatch: The server offers other tools (`verify="strict"`).
            RuntimeError: The client is open already.
        """
        if self._endpoint is None:
            raise ConnectionError(f"client {self.name!r} has no server to connect to")
        if self._tasks is not None:
            raise RuntimeError(f"client {self.name!r} is open already")
        identity = Implementation(
            name=self.name, version=self._compiled.identity.version if self._compiled else "0"
        )
        tasks = anyio.create_task_group()
        await tasks.__aenter__()
        self._tasks = tasks
        self._connections = Connections(self._endpoint, self._callbacks, identity, tasks)
        try:
            await self._get_ready()
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()

    async def send(
        self,
        operation: Operation[Any],
        arguments: dict[str, Json],
        timeout: float,
        on_progress: OnProgress | None = None,
    ) -> CallToolResult:
        """Make one attempt, over a connection of the pool. Raises a `ClientError` if it does not end in a result."""
        waiting, sent = True, False

        def granted() -> None:
            nonlocal waiting
            waiting = False

        try:
            with anyio.fail_after(timeout):
                connection = await self._connected(granted)
                try:
                    sent = True
                    return await connection.call_tool(operation.tool, arguments, on_progress)
                except TRANSPORT_FAULTS as error:
                    if ends_connection(error):
                        connection.retire()
                    raise fault(error, operation.repeatable) from error
                finally:
                    await self._pool.release(connection)
        except TimeoutError:
            if sent:
                raise late(timeout, operation.repeatable) from None
            raise self._unsent(timeout, waiting) from None

    async def _get_ready(self) -> None:
        if self._compiled is not None and self.config.verify == "off":
            return
        tools = await self._listed_tools()
        if self._compiled is None:
            self._surface = discovered(self.name, tools)
            self._named.clear()
            for name, operations in grouped(self._surface, self.name).items():
                if name not in self.groups:
                    self.add_group(ErrorHandlingGroup(self, name, operations))
        else:
            self._compare(self._compiled, tools)

    async def _listed_tools(self) -> list[Wire]:
        try:
            with anyio.fail_after(self.config.timeout):
                connection = await self._connected(lambda: None)
                try:
                    tools = await connection.tools()
                finally:
                    await self._pool.release(connection)
        except TRANSPORT_FAULTS as error:
            raise ConnectionError(
                f"cannot list the tools of {self._label}: {reason(error)}"
            ) from error
        except ClientError as error:
            raise ConnectionError(error.message, error.context) from error
        return [
            cast("Wire", tool.model_dump(mode="json", by_alias=True, exclude_none=True))
            for tool in tools
        ]

    def _compare(self, compiled: Surface, tools: list[Wire]) -> None:
        found = differences(compiled, tools)
        if not found:
            return
        told = "\n  ".join(
            (f"{self._label} is not the server that this client was compiled against:", *found)
        )
        if self.config.verify == "strict":
            raise SurfaceMismatch(told, {"differences": found})
        logger.warning("%s", told)

    async def _connected(self, granted: Callable[[], None]) -> Connection:
        try:
            return await self._pool.acquire(self.config.pool_wait, granted)
        except (ClientError, TimeoutError):
            raise
        except Exception as error:
            raise unreachable(self._label, error) from error

    async def _lease(self) -> Connection:
        if self._connections is None:
            raise self._unconnected()
        return await self._connections.lease()

    async def _give_up(self, connection: Connection) -> None:
        if self._connections is not None:
            self._connections.give_up(connection)

    async def _close(self) -> None:
        tasks, connections = self._tasks, self._connections
        self._tasks = self._connections = None
        if tasks is None or connections is None:
            return
        connections.stop()
        await self._pool.close()
        tasks.cancel_scope.deadline = anyio.current_time() + _CLOSING_TIME
        # Left as if nothing was raised: the connections are to close in order, and the program's
        # exception is to stay what it is instead of becoming part of an exception group.
        await tasks.__aexit__(None, None, None)

    def _unsent(self, timeout: float, waiting: bool) -> ClientError:
        if waiting:
            return ResourceExhaustedError(f"no connection came free within {timeout:g} s")
        return AttemptTimeout(f"no connection to {self._label} within {timeout:g} s")

    def _unconnected(self) -> ConnectionError:
        return ConnectionError(f"client {self.name!r} is not connected; use `async with`")

    @property
    def _label(self) -> str:
        return self._endpoint.label if self._endpoint is not None else "no server"


def _usable(connection: Connection) -> bool:
    return connection.usable
