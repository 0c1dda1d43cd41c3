"""A `FastMCP` that offers what a surface says, answered by a kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, Literal, TypedDict, cast

from mcp.server.auth.provider import OAuthAuthorizationServerProvider, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.tools import Tool
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http import EventStore
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from typing_extensions import TypeVar, Unpack, override

from ..server.auth import Auth
from ..server.kernel import Kernel, Lifespan
from ..server.offers import Offer
from ..shared.surface import Surface
from .audience import Audience
from .bearer import Verifier
from .bearer import settings as auth_settings
from .binding import Binding
from .connected import ConnectedServer, Offered
from .events import RecentEvents
from .sessions import Sessions
from .stdio import claimed, protocol_on

StateT = TypeVar("StateT", default=None)
SettingsT = TypeVar("SettingsT", default=None)

_NO_SETTINGS: Any = None
_RETRY_INTERVAL = 500
"""Milliseconds after which a client may come back for a stream that was closed on it."""

_GRACE = 3
"""Seconds that calls have to end when the server is told to stop."""


class FastMCPOptions(TypedDict, total=False):
    """What `FastMCP` takes besides what the surface says."""

    auth_server_provider: OAuthAuthorizationServerProvider[Any, Any, Any] | None
    token_verifier: TokenVerifier | None
    event_store: EventStore | None
    retry_interval: int | None
    tools: list[Tool] | None
    debug: bool
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    host: str
    port: int
    mount_path: str
    sse_path: str
    message_path: str
    streamable_http_path: str
    json_response: bool
    stateless_http: bool
    max_request_body_size: int
    session_idle_timeout: float | None
    max_sessions: int | None
    warn_on_duplicate_resources: bool
    warn_on_duplicate_tools: bool
    warn_on_duplicate_prompts: bool
    dependencies: list[str]
    transport_security: TransportSecuritySettings | None


class CompiledServer(FastMCP[StateT], Generic[StateT, SettingsT]):
    """Offers what `surface` says, word for word, and answers with `offers`.

    It is an ordinary `FastMCP` in everything else: tools, resources and prompts that are added by hand
    come after its own (whose names win), and custom routes and `run` work as always.

    Args:
        surface: What is advertised, and what arguments and answers are checked against.
        offers: One for each thing of the surface that needs a handler.
        settings: What handlers find as `context.settings`.
        lifespan: Sets up, with the settings, what handlers find as `context.state`; entered when
            the server starts, left when it stops.
        backends: What handlers work with, opened and closed around the lifespan.
        state_key: Taken and not needed: up to MCP 2025-11-25 a call has no rounds.
        auth: Who may connect over HTTP; or the SDK's own settings.

    The other arguments are `FastMCP`'s. Raises `ValueError` unless offers and surface name the same things.

    Attributes:
        kernel: The service itself.
        events: What clients of HTTP can come back for, if anything.
        access_log: Whether every HTTP request leaves a line in the log.
    """

    def __init__(
        self,
        surface: Surface,
        offers: Iterable[Offer[Any]],
        *,
        settings: SettingsT = _NO_SETTINGS,
        lifespan: Lifespan[SettingsT, StateT] | None = None,
        backends: AbstractAsyncContextManager[object] | None = None,
        state_key: str | None = None,
        auth: Auth | AuthSettings | None = None,
        **options: Unpack[FastMCPOptions],
    ) -> None:
        self.kernel = Kernel(
            surface, offers, settings=settings, lifespan=lifespan, backends=backends, tasks=False
        )
        self.events: RecentEvents | None = None
        self.access_log = True
        if isinstance(auth, Auth):
            options["token_verifier"] = Verifier(auth)
            auth = auth_settings(auth)
        super().__init__(surface.identity.name, auth=auth, **options)
        self._audience = Audience()
        # FastMCP makes a low-level server of the SDK's class, and has no way to be given one.
        self._mcp_server = ConnectedServer(
            surface.identity, self._audience, offered=self._offered, running=self.kernel.running
        )
        self._setup_handlers()
        self._binding = Binding(
            self.kernel,
            self._mcp_server,
            self._audience,
            native=self.get_context,
            added=self._is_added,
            # With plain JSON answers, all that comes before the answer is dropped.
            two_way=lambda: not self.settings.json_response,
        )
        self._binding.bind()
        health = surface.value("health")
        if isinstance(health, str):
            self.custom_route(health, ["GET"])(self._health)

    @property
    def lowlevel(self) -> Server[StateT, HttpRequest]:
        """The SDK's low-level server, for all that `FastMCP` hides."""
        return self._mcp_server

    @override
    def completion(self) -> Any:
        """Register a function for completions of what was added by hand, as `FastMCP.completion` does."""
        register = cast("Callable[[], Callable[[Any], Any]]", super().completion)()

        def decorator(func: Any) -> Any:
            register(func)
            self._binding.bind_completion()
            return func

        return decorator

    @override
    async def run_stdio_async(self) -> None:
        """Serve on stdin and stdout, which meanwhile belong to the protocol alone."""
        with claimed() as (source, sink):
            async with self.kernel.running(), protocol_on(source, sink) as (read, write):
                options = self._mcp_server.create_initialization_options()
                await self._mcp_server.run(read, write, options)

    @override
    async def run_streamable_http_async(self) -> None:
        """Serve over Streamable HTTP. Calls that run when it is told to stop have a moment to end."""
        # Not above: who serves on stdio need not wait for it.
        import uvicorn

        config = uvicorn.Config(
            self.streamable_http_app(),
            host=self.settings.host,
            port=self.settings.port,
            log_level=self.settings.log_level.lower(),
            access_log=self.access_log,
            timeout_graceful_shutdown=_GRACE,
        )
        await uvicorn.Server(config).serve()

    @override
    async def run_sse_async(self, mount_path: str | None = None) -> None:
        """Serve over HTTP with the transport of MCP 2024-11-05."""
        async with self.kernel.running():
            await super().run_sse_async(mount_path)

    @override
    def streamable_http_app(self) -> Starlette:
        """The ASGI application of the server; its lifespan is the service's, too."""
        if self._session_manager is None:
            retry = self._retry_interval
            self._session_manager = Sessions(
                self._mcp_server,
                self.settings,
                running=self.kernel.running,
                events=self.events,
                event_store=self._event_store,
                retry_interval=_RETRY_INTERVAL if self.events and retry is None else retry,
            )
        return super().streamable_http_app()

    def _offered(self) -> Offered:
        surface = self.kernel.surface
        lasting = not self.settings.stateless_http
        resources = self._resource_manager
        return Offered(
            resources=bool(
                surface.listed("resources")
                or surface.listed("templates")
                or resources.list_resources()
                or resources.list_templates()
            ),
            prompts=bool(surface.listed("prompts") or self._prompt_manager.list_prompts()),
            subscribe=lasting and bool(surface.value("subscribable")),
            changes=lasting,
            extensions=self.kernel.extensions,
        )

    def _is_added(self, method: str, name: str) -> bool:
        if method == "tools/call":
            return self._tool_manager.get_tool(name) is not None
        if method == "prompts/get":
            return self._prompt_manager.get_prompt(name) is not None
        resources = self._resource_manager
        return any(str(one.uri) == name for one in resources.list_resources()) or any(
            one.matches(name) is not None for one in resources.list_templates()
        )

    async def _health(self, _: HttpRequest) -> Response:
        who = self.kernel.surface.identity
        return JSONResponse({"status": "ok", "name": who.name, "version": who.version})
