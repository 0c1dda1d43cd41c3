"""An `MCPServer` that offers what a surface says, answered by a kernel."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Generic, Literal, TypedDict, cast

from mcp.server.auth.provider import OAuthAuthorizationServerProvider, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.context import ServerMiddleware, ServerRequestContext
from mcp.server.extension import Extension
from mcp.server.lowlevel.server import Server
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resources import Resource
from mcp.server.mcpserver.tools import Tool
from mcp.server.request_state import RequestStateSecurity
from mcp.server.streamable_http import EventStore
from mcp.server.subscriptions import InMemorySubscriptionBus, SubscriptionBus
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import Icon
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from typing_extensions import TypeVar, Unpack, override

from ..lowlevel.audience import Audience
from ..lowlevel.bearer import Verifier
from ..lowlevel.bearer import settings as auth_settings
from ..lowlevel.binding import Binding
from ..lowlevel.declaring import declare
from ..lowlevel.events import remember_apart
from ..lowlevel.hosted import answer_asked
from ..lowlevel.stdio import serve_stdio
from ..server.auth import Auth
from ..server.kernel import Kernel, Lifespan
from ..server.offers import Offer
from ..server.request import Wire
from ..shared.surface import Surface

StateT = TypeVar("StateT", default=None)
SettingsT = TypeVar("SettingsT", default=None)

_NO_SETTINGS: Any = None

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class HttpOptions(TypedDict, total=False):
    """What `MCPServer.streamable_http_app` takes."""

    streamable_http_path: str
    json_response: bool
    stateless_http: bool
    event_store: EventStore | None
    retry_interval: int | None
    max_request_body_size: int
    session_idle_timeout: float | None
    max_sessions: int | None
    transport_security: TransportSecuritySettings | None
    host: str


class CompiledServer(MCPServer[StateT], Generic[StateT, SettingsT]):
    """Offers what `surface` says, word for word, and answers with `offers`.

    It is an ordinary `MCPServer` in everything else: tools, resources and prompts that are added by hand
    come after its own (whose names win), and custom routes and `run` work as always.

    Args:
        surface: What is advertised, and what arguments and answers are checked against.
        offers: One for each thing of the surface that needs a handler.
        settings: What handlers find as `context.settings`.
        lifespan: Sets up, with the settings, what handlers find as `context.state`; entered when
            the server starts, left when it stops.
        backends: What handlers work with, opened and closed around the lifespan.
        state_key: Seals what travels through clients between the rounds of a call, 32 bytes or more;
            the same in all processes that share the work.
        auth: Who may connect over HTTP; or the SDK's own settings.

    The other arguments are `MCPServer`'s. Raises `ValueError` unless offers and surface name the same things.

    Attributes:
        kernel: The service itself.
        audience: Who hears of changes.
        resumable: Whether clients of HTTP can take up interrupted streams; heeded when the application is made.
    """

    def __init__(
        self,
        surface: Surface,
        offers: Iterable[Offer[Any]],
        *,
        settings: SettingsT = _NO_SETTINGS,
        lifespan: Lifespan[SettingsT, StateT] | None = None,
        backends: AbstractAsyncContextManager[object] | None = None,
        auth: Auth | AuthSettings | None = None,
        tools: list[Tool] | None = None,
        resources: list[Resource] | None = None,
        extensions: Sequence[Extension] | None = None,
        middleware: Sequence[ServerMiddleware[Any]] | None = None,
        auth_server_provider: OAuthAuthorizationServerProvider[Any, Any, Any] | None = None,
        token_verifier: TokenVerifier | None = None,
        state_key: str | None = None,
        request_state_security: RequestStateSecurity | None = None,
        subscriptions: SubscriptionBus | None = None,
        dependencies: list[str] | None = None,
        debug: bool = False,
        log_level: LogLevel = "INFO",
    ) -> None:
        self.kernel = Kernel(
            surface, offers, settings=settings, lifespan=lifespan, backends=backends
        )
        self._bus = subscriptions or InMemorySubscriptionBus()
        if isinstance(auth, Auth):
            token_verifier = Verifier(auth)
            auth = auth_settings(auth)
        who = surface.identity
        super().__init__(
            who.name,
            title=who.title,
            description=who.description,
            instructions=who.instructions,
            website_url=who.website,
            version=who.version,
            icons=[Icon.model_validate(one) for one in who.icons] or None,
            tools=tools,
            resources=resources,
            extensions=extensions,
            middleware=middleware,
            auth=auth,
            auth_server_provider=auth_server_provider,
            token_verifier=token_verifier,
            request_state_security=_sealing(state_key) or request_state_security,
            subscriptions=self._bus,
            dependencies=dependencies,
            debug=debug,
            log_level=log_level,
            lifespan=self._running,
        )
        self.resumable = False
        self._offer(surface)

    @property
    def lowlevel(self) -> Server[Any]:
        """The SDK's low-level server, for all that `MCPServer` hides."""
        return self._lowlevel_server

    @override
    async def run_stdio_async(self) -> None:
        """Serve on stdin and stdout, which meanwhile belong to the protocol alone."""
        await serve_stdio(self._lowlevel_server)

    @override
    def streamable_http_app(self, **options: Unpack[HttpOptions]) -> Starlette:
        """The ASGI application of the server."""
        app = super().streamable_http_app(**options)
        if self.resumable:
            remember_apart(self.session_manager)
        return app

    async def answer_asked(
        self,
        method: str,
        params: Wire,
        context: ServerRequestContext[Any, Any] | None,
        native: object,
    ) -> Wire:
        """Answer what another server was asked: see `lowlevel/hosted.py`."""
        return await answer_asked(self.kernel, self.audience, method, params, context, native)

    def _offer(self, surface: Surface) -> None:
        self.audience = Audience(self._bus)
        binding = Binding(self.kernel, self.audience, native=self._native, added=self._is_added)
        binding.bind(self._lowlevel_server)
        declare(self._lowlevel_server)
        self._lowlevel_server.extensions.update(
            cast("dict[str, dict[str, Any]]", self.kernel.extensions)
        )
        health = surface.value("health")
        if isinstance(health, str):
            self.custom_route(health, ["GET"])(self._health)

    def _native(self, context: ServerRequestContext[Any, Any], params: Any) -> object:
        return Context[StateT, Any](
            request_context=context,
            mcp_server=self,
            input_params=params,
            subscriptions=self._bus,
        )

    async def _is_added(self, method: str, name: str) -> bool:
        if method == "tools/call":
            return any(tool.name == name for tool in await self.list_tools())
        if method == "prompts/get":
            return any(prompt.name == name for prompt in await self.list_prompts())
        # Reading what is nowhere already ends in the right error.
        return True

    async def _health(self, _: HttpRequest) -> Response:
        who = self.kernel.surface.identity
        return JSONResponse({"status": "ok", "name": who.name, "version": who.version})

    @asynccontextmanager
    async def _running(self, _: MCPServer[StateT]) -> AsyncGenerator[StateT]:
        async with self.kernel.running() as state:
            yield state


def _sealing(key: str | None) -> RequestStateSecurity | None:
    return RequestStateSecurity(keys=[key]) if key is not None else None
