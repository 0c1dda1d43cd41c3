"""A `FastMCP` that offers what a surface says, answered by a kernel."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Generic, cast

from fastmcp import FastMCP
from fastmcp.server.auth import AuthProvider
from fastmcp.server.context import Context, reset_transport, set_transport
from fastmcp.server.middleware import Middleware
from fastmcp.utilities.cli import log_server_banner
from fastmcp.utilities.logging import temporary_log_level
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.request_state import RequestStateSecurity
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, SubscriptionBus
from mcp_types import Icon, SubscriptionsListenRequestParams
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from typing_extensions import TypeVar, override

from ..lowlevel.audience import Audience
from ..lowlevel.binding import Binding
from ..lowlevel.declaring import declare
from ..lowlevel.hosted import answer_asked
from ..lowlevel.stdio import serve_stdio
from ..server.auth import Auth
from ..server.kernel import Kernel, Lifespan
from ..server.offers import Offer
from ..server.request import Wire
from ..shared.surface import Surface
from .apart import apart
from .guard import Guard

StateT = TypeVar("StateT", default=None)
SettingsT = TypeVar("SettingsT", default=None)

_NO_SETTINGS: Any = None
_APPS = "io.modelcontextprotocol/ui"


class CompiledServer(FastMCP[StateT], Generic[StateT, SettingsT]):
    """Offers what `surface` says, word for word, and answers with `offers`.

    It is an ordinary `FastMCP` in everything else: tools, resources and prompts that are added by hand
    come after its own (whose names win), and custom routes and `run` work as always. Its middleware sees
    what was added by hand.

    Args:
        surface: What is advertised, and what arguments and answers are checked against.
        offers: One for each thing of the surface that needs a handler.
        settings: What handlers find as `context.settings`.
        lifespan: Sets up, with the settings, what handlers find as `context.state`; entered when
            the server starts, left when it stops.
        backends: What handlers work with, opened and closed around the lifespan.
        state_key: Seals what travels through clients between the rounds of a call, 32 bytes or more;
            the same in all processes that share the work.
        auth: Who may connect over HTTP; or one of FastMCP's own providers.

    The other arguments are `FastMCP`'s. Raises `ValueError` unless offers and surface name the same things.

    Attributes:
        kernel: The service itself.
        audience: Who hears of changes.
    """

    def __init__(
        self,
        surface: Surface,
        offers: Iterable[Offer[Any]],
        *,
        settings: SettingsT = _NO_SETTINGS,
        lifespan: Lifespan[SettingsT, StateT] | None = None,
        backends: AbstractAsyncContextManager[object] | None = None,
        auth: Auth | AuthProvider | None = None,
        middleware: Sequence[Middleware] | None = None,
        state_key: str | None = None,
        request_state_security: RequestStateSecurity | None = None,
        subscriptions: SubscriptionBus | None = None,
    ) -> None:
        self.kernel = Kernel(
            surface, offers, settings=settings, lifespan=lifespan, backends=backends
        )
        who = surface.identity
        super().__init__(
            who.name,
            instructions=who.instructions,
            version=who.version,
            website_url=who.website,
            icons=[Icon.model_validate(one) for one in who.icons] or None,
            auth=Guard(auth) if isinstance(auth, Auth) else auth,
            middleware=middleware,
            request_state_security=_sealing(state_key) or request_state_security,
            lifespan=self._running,
        )
        self._offer(surface, subscriptions or InMemorySubscriptionBus())

    @property
    def lowlevel(self) -> Server[Any]:
        """The SDK's low-level server, for all that `FastMCP` hides."""
        return self._mcp_server

    @override
    async def run_stdio_async(
        self, show_banner: bool = True, log_level: str | None = None, stateless: bool = False
    ) -> None:
        """Serve on stdin and stdout, which meanwhile belong to the protocol alone; see `FastMCP`."""
        if show_banner:
            log_server_banner(self)
        token = set_transport("stdio")
        try:
            with temporary_log_level(log_level):
                async with self._lifespan_manager():
                    await serve_stdio(self._mcp_server)
        finally:
            reset_transport(token)

    async def answer_asked(
        self,
        method: str,
        params: Wire,
        context: ServerRequestContext[Any, Any] | None,
        native: object,
    ) -> Wire:
        """Answer what another server was asked: see `lowlevel/hosted.py`."""
        return await answer_asked(self.kernel, self.audience, method, params, context, native)

    def _offer(self, surface: Surface, bus: SubscriptionBus) -> None:
        server = self._mcp_server
        # FastMCP takes neither, and its low-level server has both.
        server.title = surface.identity.title
        server.description = surface.identity.description
        self.audience = Audience(bus)
        binding = Binding(self.kernel, self.audience, native=self._native, added=self._is_added)
        binding.bind(server)
        server.add_request_handler(
            "subscriptions/listen", SubscriptionsListenRequestParams, ListenHandler(bus)
        )
        server.extensions.update(cast("dict[str, dict[str, Any]]", self.kernel.extensions))
        # FastMCP declares the extension for apps whether a server has any or not.
        declare(server, without=() if _APPS in server.extensions else (_APPS,))
        health = surface.value("health")
        if isinstance(health, str):
            self.custom_route(health, ["GET"])(self._health)

    def _native(self, context: ServerRequestContext[Any, Any], _: object) -> object:
        return Context(self, context.session)

    async def _is_added(self, method: str, name: str) -> bool:
        if method == "tools/call":
            return await self.get_tool(name) is not None
        if method == "prompts/get":
            return await self.get_prompt(name) is not None
        resource = await self.get_resource(name)
        return resource is not None or await self.get_resource_template(name) is not None

    async def _health(self, _: HttpRequest) -> Response:
        who = self.kernel.surface.identity
        return JSONResponse({"status": "ok", "name": who.name, "version": who.version})

    @asynccontextmanager
    async def _running(self, _: FastMCP[StateT]) -> AsyncGenerator[StateT]:
        async with apart(self.kernel.running()) as state:
            yield state


def _sealing(key: str | None) -> RequestStateSecurity | None:
    return RequestStateSecurity(keys=[key]) if key is not None else None
