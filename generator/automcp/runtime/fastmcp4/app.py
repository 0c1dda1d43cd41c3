"""A `FastMCP` that offers what a surface says, answered by a kernel."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Generic, cast

from fastmcp import FastMCP
from fastmcp.server.auth import AuthProvider
from fastmcp.server.context import Context
from fastmcp.server.middleware import Middleware
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.request_state import RequestStateSecurity
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, SubscriptionBus
from mcp_types import Icon, SubscriptionsListenRequestParams
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from typing_extensions import TypeVar

from ..lowlevel.audience import Audience
from ..lowlevel.binding import Binding
from ..server.auth import Auth
from ..server.kernel import Kernel, Lifespan
from ..server.offers import Offer
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
        state_key: Seals what travels through clients between the rounds of a call, 32 bytes or more;
            the same in all processes that share the work.
        auth: Who may connect over HTTP; or one of FastMCP's own providers.

    The other arguments are `FastMCP`'s. Raises `ValueError` unless offers and surface name the same things.

    Attributes:
        kernel: The service itself.
    """

    def __init__(
        self,
        surface: Surface,
        offers: Iterable[Offer[Any]],
        *,
        settings: SettingsT = _NO_SETTINGS,
        lifespan: Lifespan[SettingsT, StateT] | None = None,
        auth: Auth | AuthProvider | None = None,
        middleware: Sequence[Middleware] | None = None,
        state_key: str | None = None,
        request_state_security: RequestStateSecurity | None = None,
        subscriptions: SubscriptionBus | None = None,
    ) -> None:
        self.kernel = Kernel(surface, offers, settings=settings, lifespan=lifespan)
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

    def _offer(self, surface: Surface, bus: SubscriptionBus) -> None:
        server = self._mcp_server
        # FastMCP takes neither, and its low-level server has both.
        server.title = surface.identity.title
        server.description = surface.identity.description
        binding = Binding(self.kernel, Audience(bus), native=self._native, added=self._is_added)
        binding.bind(server)
        server.add_request_handler(
            "subscriptions/listen", SubscriptionsListenRequestParams, ListenHandler(bus)
        )
        server.get_tool_input_schema = self._tool_input_schema
        server.extensions.update(cast("dict[str, dict[str, Any]]", self.kernel.extensions))
        if _APPS not in server.extensions:
            server.middleware.append(_declare_no_apps)
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

    def _tool_input_schema(self, name: str) -> dict[str, Any] | None:
        """What parameters that are repeated in headers are checked by."""
        if self.kernel.offers(name):
            return cast("dict[str, Any]", self.kernel.surface.input(name).document)
        return None

    async def _health(self, _: HttpRequest) -> Response:
        who = self.kernel.surface.identity
        return JSONResponse({"status": "ok", "name": who.name, "version": who.version})

    @asynccontextmanager
    async def _running(self, _: FastMCP[StateT]) -> AsyncGenerator[StateT]:
        async with apart(self.kernel.running()) as state:
            yield state


async def _declare_no_apps(
    ctx: ServerRequestContext[Any, Any], call_next: CallNext
) -> HandlerResult:
    """Takes the extension for apps back, which FastMCP declares whether a server has any or not."""
    result = await call_next(ctx)
    if ctx.method in ("initialize", "server/discover") and isinstance(result, dict):
        extensions = cast("dict[str, Any]", result["capabilities"].get("extensions") or {})
        extensions.pop(_APPS, None)
        if not extensions:
            result["capabilities"].pop("extensions", None)
    return result


def _sealing(key: str | None) -> RequestStateSecurity | None:
    return RequestStateSecurity(keys=[key]) if key is not None else None
