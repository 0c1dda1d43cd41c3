"""An `MCPServer` that offers exactly the tools of a surface, answered by operations."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Generic, Literal, cast

from mcp.server.auth.provider import OAuthAuthorizationServerProvider, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.context import ServerMiddleware
from mcp.server.extension import Extension
from mcp.server.mcpserver import Context as NativeContext
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.resources import Resource
from mcp.server.mcpserver.tools import Tool as NativeTool
from mcp.server.request_state import RequestStateSecurity
from mcp.server.subscriptions import SubscriptionBus
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CallToolResult, Icon, InputRequiredResult, Tool
from typing_extensions import TypeVar, override

from ..shared.path import shorten
from ..shared.surface import Surface
from .call import Call
from .context import RequestContext
from .operation import Operation

StateT = TypeVar("StateT", default=None)
SettingsT = TypeVar("SettingsT", default=None)

_NO_SETTINGS: Any = None

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class CompiledServer(MCPServer[StateT], Generic[StateT, SettingsT]):
    """Offers the tools of `surface`, word for word, and answers them with `operations`.

    It is an ordinary `MCPServer` in everything else: tools that are added by hand come after its
    own (whose names win), and resources, prompts, custom routes and `run` work as always.

    Args:
        surface: What is advertised, and what arguments and answers are checked against.
        operations: One for each tool of the surface.
        settings: What handlers find as `context.settings`.
        lifespan: Sets up, with the settings, what handlers find as `context.state`; entered when
            the server starts, left when it stops.

    The other arguments are `MCPServer`'s. Raises `ValueError` unless operations and surface
    name the same tools.
    """

    def __init__(
        self,
        surface: Surface,
        operations: Iterable[Operation[Any]],
        *,
        settings: SettingsT = _NO_SETTINGS,
        lifespan: Callable[[SettingsT], AbstractAsyncContextManager[StateT]] | None = None,
        icons: list[Icon] | None = None,
        tools: list[NativeTool] | None = None,
        resources: list[Resource] | None = None,
        extensions: Sequence[Extension] | None = None,
        middleware: Sequence[ServerMiddleware[Any]] | None = None,
        auth: AuthSettings | None = None,
        auth_server_provider: OAuthAuthorizationServerProvider[Any, Any, Any] | None = None,
        token_verifier: TokenVerifier | None = None,
        request_state_security: RequestStateSecurity | None = None,
        cache_hints: Mapping[CacheableMethod, CacheHint] | None = None,
        subscriptions: SubscriptionBus | Literal[False] | None = None,
        dependencies: list[str] | None = None,
        debug: bool = False,
        log_level: LogLevel = "INFO",
    ) -> None:
        self._surface = surface
        self._calls = _calls(surface, operations)
        self._advertised = [Tool.model_validate(tool, by_name=False) for tool in surface.tools]
        self._bound_settings = settings
        who = surface.identity
        super().__init__(
            who.name,
            title=who.title,
            description=who.description,
            instructions=who.instructions,
            website_url=who.website,
            version=who.version,
            icons=icons,
            tools=tools,
            resources=resources,
            extensions=extensions,
            middleware=middleware,
            auth=auth,
            auth_server_provider=auth_server_provider,
            token_verifier=token_verifier,
            request_state_security=request_state_security,
            cache_hints=cache_hints,
            subscriptions=subscriptions,
            dependencies=dependencies,
            debug=debug,
            log_level=log_level,
            lifespan=_with_settings(lifespan, settings),
        )

    @override
    async def list_tools(self) -> list[Tool]:
        """The tools of the surface in its order, then those that were added by hand."""
        return self._advertised + await self._added_tools()

    @override
    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any],
        context: NativeContext[StateT, Any] | None = None,
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool.

        Raises:
            MCPError: There is no such tool (-32602), or the handler answered with one.
        """
        call = self._calls.get(name)
        if call is not None:
            native: NativeContext[StateT, Any] = context or NativeContext(mcp_server=self)
            return await call(arguments, RequestContext(native, self._bound_settings))
        if any(tool.name == name for tool in await self._added_tools()):
            return await super().call_tool(name, arguments, context)
        raise MCPError(INVALID_PARAMS, f"Unknown tool: {shorten(name, 100)}")

    async def _added_tools(self) -> list[Tool]:
        return [tool for tool in await super().list_tools() if tool.name not in self._surface]

    @override
    def _tool_input_schema(self, name: str) -> dict[str, Any] | None:
        # The SDK checks `x-mcp-header` parameters by it, and offers no public way to say it.
        if name in self._surface:
            return cast("dict[str, Any]", self._surface.input(name).document)
        return super()._tool_input_schema(name)


def _calls(surface: Surface, operations: Iterable[Operation[Any]]) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for operation in operations:
        if operation.tool in calls:
            raise ValueError(f"two operations answer the tool {operation.tool}")
        if operation.tool not in surface:
            raise ValueError(f"surface.json has no tool {operation.tool}")
        calls[operation.tool] = Call(operation, surface)
    silent = [name for name in surface.names if name not in calls]
    if silent:
        raise ValueError(f"no operation answers the tools {', '.join(silent)}")
    return calls


def _with_settings(
    lifespan: Callable[[SettingsT], AbstractAsyncContextManager[StateT]] | None,
    settings: SettingsT,
) -> Callable[[MCPServer[StateT]], AbstractAsyncContextManager[StateT]]:
    @asynccontextmanager
    async def state(_: MCPServer[StateT]) -> AsyncGenerator[StateT]:
        if lifespan is None:
            yield cast("StateT", None)
            return
        async with lifespan(settings) as entered:
            yield entered

    return state
