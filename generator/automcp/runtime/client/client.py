"""The client itself: its connections, its groups, and what they share."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

import anyio
from mcp_types import Implementation

from ..shared.surface import Surface, Wire, differences
from .boundary import execute_with_boundary
from .breaker import Clock
from .catalog import discovered, grouped, named
from .config import ClientConfig
from .connection import Connection, Setup
from .direct import DirectReads
from .errors import ClientError, ConnectionError, SurfaceMismatch
from .exchange import Exchange
from .group import ClientGroup
from .handling import ErrorHandlingGroup
from .headers import Mirrored, mirrored
from .hooks import Hooks
from .metrics import ClientMetrics
from .operation import Operation
from .pool import PoolStats
from .progress import ProgressTracker
from .questions import Callbacks
from .reading import ReadingGroup
from .retry import Sleep
from .target import Target, endpoint

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
GroupT = TypeVar("GroupT", bound=ClientGroup)


class AutoMCPClient(DirectReads):
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
            callbacks: What answers the server's questions, and hears what it says unasked.
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
        self._mirrored: tuple[Surface | None, Mirrored] = (None, Mirrored())
        self.exchange = Exchange(name, self.config.pool_size, self.config.pool_wait)
        self._pool = self.exchange.pool
        self._reads = ErrorHandlingGroup(self, name)

    @property
    def surface(self) -> Surface:
        """What the server offers. Raises `ConnectionError` before a client without one has connected."""
        if self._surface is None:
            raise ConnectionError(f"client {self.name!r} is not connected; use `async with`")
        return self._surface

    @property
    def pool_stats(self) -> PoolStats:
        """The connection pool at this moment."""
        return self._pool.stats

    @property
    def reads(self) -> ReadingGroup:
        return self._reads

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
        self.exchange.reconnect()

    async def __aenter__(self) -> Self:
        """Connect, and compare the server's tools with the compiled ones as `config.verify` says.

        Raises:
            ConnectionError: There is no target, or it cannot be reached.
            SurfaceMismatch: The server offers other tools (`verify="strict"`).
            RuntimeError: The client is open already.
        """
        if self._endpoint is None:
            raise ConnectionError(f"client {self.name!r} has no server to connect to")
        if self.exchange.is_open:
            raise RuntimeError(f"client {self.name!r} is open already")
        identity = Implementation(
            name=self.name, version=self._compiled.identity.version if self._compiled else "0"
        )
        setup = Setup(
            self._endpoint,
            identity,
            self._callbacks,
            self.config.protocol,
            self._header_parameters,
        )
        await self.exchange.open(setup)
        try:
            await self._get_ready()
        except BaseException:
            await self.exchange.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.exchange.close()

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
            tools = await self.exchange.ask(Connection.tools, self.config.timeout, repeatable=True)
        except ClientError as error:
            raise ConnectionError(
                f"cannot list the tools of {self._label}: {error.message}", error.context
            ) from error
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

    def _header_parameters(self) -> Mirrored:
        """Those of the surface, looked for once; what is discovered is known from the first connection on."""
        if self._surface is not None and self._mirrored[0] is not self._surface:
            self._mirrored = (self._surface, mirrored(self._surface.tools))
        return self._mirrored[1]

    @property
    def _label(self) -> str:
        return self._endpoint.label if self._endpoint is not None else "no server"
