"""The server of a configuration: groups of operations, served by today's `MCPServer`."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Self

from mcp.server import MCPServer
from mcp.types import CallToolResult, Tool
from typing_extensions import override

from .group import ServiceGroup, operations
from .loading import CannotLoad, load_group, load_lifespan
from .manager import run_together
from .tools import OperationTool
from .types import GroupConfig, ServiceConfig, ServiceRequest, ServiceResponse

__all__ = ["AutoMCPServer", "GroupServer"]


class GroupServer(MCPServer[Any]):
    """An `MCPServer` whose first tools are operations, with the very schemas that these declare."""

    def __init__(self, refresh: Callable[[], None], **words: Any) -> None:
        super().__init__(**words)
        self._refresh = refresh
        self._operations: dict[str, OperationTool] = {}

    def add_operation(self, tool: OperationTool) -> None:
        """Offer an operation.

        Raises:
            ValueError: There is one of that name.
        """
        if tool.name in self._operations:
            raise ValueError(f"two operations are called {tool.name!r}")
        self._operations[tool.name] = tool

    def drop_operations(self, group: object) -> None:
        """Offer the operations of a group no more."""
        self._operations = {
            name: tool for name, tool in self._operations.items() if tool.group is not group
        }

    @property
    def operations(self) -> tuple[OperationTool, ...]:
        """The operations that are offered."""
        return tuple(self._operations.values())

    @override
    async def list_tools(self) -> list[Tool]:
        self._refresh()
        ours = [one.listed() for one in self._operations.values() if one.shown()]
        return [*ours, *await super().list_tools()]

    @override
    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        self._refresh()
        found = self._operations.get(name)
        if found is None:
            return await super().call_tool(name, arguments, context)
        result: CallToolResult = await found.call(arguments, context)
        return result


class AutoMCPServer:
    """Serves the groups of a configuration.

    Attributes:
        groups: The groups by name. One that is added later is served, too.
        fastmcp: The server that speaks MCP: resources, prompts and further tools may be added to it.
        timeout: Seconds that a call has.
    """

    def __init__(
        self,
        name: str,
        config: ServiceConfig | GroupConfig,
        timeout: float | None = 30.0,
        *,
        separator: str | None = ".",
        mask_errors: bool = False,
        **words: Any,
    ) -> None:
        """Make a server.

        Args:
            separator: What stands between the names of a group and of its operation; `None` to leave the group out.
            mask_errors: Tell callers only that an operation failed; why is logged.
            words: More for the `MCPServer`, such as `auth` and `token_verifier`.

        Raises:
            RuntimeError: A group or the lifespan function cannot be loaded.
        """
        self.name = name
        self.config = config
        self.timeout = timeout
        self.separator = separator
        self.mask_errors = mask_errors
        self.groups: dict[str, Any] = {}
        self._registered: dict[str, Any] = {}
        self._started: list[Any] = []
        self._lifespans = [*map(load_lifespan, _lifespans(config))]
        self.fastmcp = GroupServer(
            self._register_tools,
            name=name,
            instructions=config.description or f"{name} MCP Server",
            dependencies=list(_packages(config)),
            lifespan=self._running,
            **words,
        )
        if isinstance(config, ServiceConfig):
            self._init_service_groups()
        else:
            self._init_single_group()
        self._register_tools()

    @property
    def server(self) -> Any:
        """The low-level server inside of `fastmcp`, for who runs it on streams of their own."""
        return vars(self.fastmcp)["_lowlevel_server"]

    def _init_service_groups(self) -> None:
        assert isinstance(self.config, ServiceConfig)
        for key, config in self.config.groups.items():
            path = config.class_path or key
            if config.name in self.groups:
                raise RuntimeError(
                    f"Failed to initialize group {path}: two groups are called {config.name!r}"
                )
            self.groups[config.name] = _group(path, config)

    def _init_single_group(self) -> None:
        assert isinstance(self.config, GroupConfig)
        config = self.config
        if config.class_path:
            self.groups[config.name] = _group(config.class_path, config)
            return
        group = ServiceGroup()
        group.config = config
        self.groups[config.name] = group

    def _register_tools(self) -> None:
        for group_name, group in list(self._registered.items()):
            if self.groups.get(group_name) is not group:
                self.fastmcp.drop_operations(self._registered.pop(group_name))
        for group_name, group in self.groups.items():
            if group_name in self._registered:
                continue
            self._registered[group_name] = group
            for op_name, operation in operations(group).items():
                tool_name = op_name
                if self.separator is not None:
                    tool_name = f"{group_name}{self.separator}{op_name}"
                self._register_tool(group, tool_name, op_name, operation)

    def _register_tool(self, group: Any, tool_name: str, op_name: str, operation: Any) -> None:
        tool = OperationTool.of(
            group, tool_name, operation, timeout=self.timeout, mask=self.mask_errors
        )
        self.fastmcp.add_operation(tool)

    async def _handle_service_request(
        self, group_name: str, request: ServiceRequest
    ) -> ServiceResponse:
        group = self.groups.get(group_name)
        if group is None:
            message = f"Group not found: {group_name}"
            return ServiceResponse.model_validate(
                {"content": {"type": "text", "text": message}, "errors": [message]}
            )
        return await run_together(group, request, self.timeout)

    @asynccontextmanager
    async def _running(self, server: Any) -> AsyncGenerator[Any]:
        """What lasts as long as the server: the lifespans of the configuration, and the groups in them."""
        async with AsyncExitStack() as around:
            found = [await around.enter_async_context(one(server)) for one in self._lifespans]
            around.push_async_callback(self.stop)
            for group in self.groups.values():
                self._started.append(group)
                await _ask(group, "startup")
            yield found[0] if len(found) == 1 else _together(found)

    async def start(self) -> None:
        """Serve stdin and stdout until the client leaves."""
        await self.fastmcp.run_stdio_async()

    async def start_http(self, host: str = "127.0.0.1", port: int = 8000) -> None:
        """Serve Streamable HTTP at `/mcp` until the process ends."""
        await self.fastmcp.run_streamable_http_async(host=host, port=port)

    async def stop(self) -> None:
        """Let the groups that were started clean up; the last first."""
        while self._started:
            group = self._started.pop()
            await _ask(group, "shutdown")
            await _ask(group, "cleanup")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.stop()


def _group(path: str, config: GroupConfig) -> Any:
    try:
        return load_group(path, config)
    except CannotLoad as error:
        raise RuntimeError(f"Failed to initialize group {path}: {error}") from error


def _lifespans(config: ServiceConfig | GroupConfig) -> Iterator[str]:
    groups = config.groups.values() if isinstance(config, ServiceConfig) else ()
    yield from filter(None, (config.lifespan, *(one.lifespan for one in groups)))


def _together(shared: list[Any]) -> dict[str, Any]:
    """What several lifespans yield, as one mapping.

    Raises:
        RuntimeError: One yields something else.
    """
    if not all(isinstance(one, Mapping) for one in shared):
        raise RuntimeError("of several lifespans, each has to yield a mapping")
    return {key: value for one in shared for key, value in one.items()}


def _packages(config: ServiceConfig | GroupConfig) -> Iterator[str]:
    groups = config.groups.values() if isinstance(config, ServiceConfig) else ()
    found = [*config.packages, *(one for group in groups for one in group.packages)]
    yield from dict.fromkeys(found)


async def _ask(group: Any, hook: str) -> None:
    """Call a hook of a group, if it has it."""
    function = getattr(group, hook, None)
    if function is None or getattr(function, "is_operation", False):
        return
    result = function()
    if inspect.isawaitable(result):
        await result
