"""One request of mcp 1's low-level server, as the kernel wants it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast, get_args

from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.session import ServerSession
from mcp.shared.context import RequestContext
from mcp.shared.exceptions import McpError
from mcp.shared.message import ServerMessageMetadata
from mcp.types import ServerRequest
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request as HttpRequest

from ..server.errors import INTERNAL_ERROR_CODE, ProtocolError
from ..server.request import Caller, Change, Level, Wire
from ..shared.model import Json
from .audience import Audience

SessionContext = RequestContext[ServerSession, Any, HttpRequest]

_LEVELS: Final = cast("tuple[Level, ...]", get_args(Level))


class _Raw(BaseModel):
    """Anything, as it is on the wire."""

    model_config = ConfigDict(extra="allow")


class SessionRequest:
    """The `Request` of the kernel."""

    def __init__(
        self, context: SessionContext, native: object, audience: Audience, *, two_way: bool
    ) -> None:
        """Wrap a request.

        Args:
            native: What handlers find as `context.native`.
            two_way: Whether the client gets what is sent before the answer.
        """
        self._context = context
        self._audience = audience
        self._connection = audience.current
        self._two_way = two_way and not self._connection.stateless
        self.native: Any = native

    @property
    def params(self) -> Wire:
        """The request's params, as the client sent them."""
        return self._connection.params(self._context.request_id)

    @property
    def modern(self) -> bool:
        return False

    @property
    def state(self) -> Any:
        return self._context.lifespan_context

    @property
    def headers(self) -> Mapping[str, str] | None:
        request = self._context.request
        return None if request is None else request.headers

    @property
    def caller(self) -> Caller | None:
        # Of the request itself: in a session, the SDK's `get_access_token` gives the token that opened it.
        user = None if self._context.request is None else self._context.request.scope.get("user")
        if not isinstance(user, AuthenticatedUser):
            return None
        token = user.access_token
        return Caller(token.client_id, token.subject, frozenset(token.scopes))

    @property
    def capabilities(self) -> Mapping[str, Json]:
        client = self._context.session.client_params
        if client is None:
            return {}
        return client.capabilities.model_dump(mode="json", by_alias=True, exclude_none=True)

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        meta = self._context.meta
        if meta is None or meta.progressToken is None:
            return
        said: Wire = {"progressToken": meta.progressToken, "progress": done}
        if total is not None:
            said["total"] = total
        if message is not None:
            said["message"] = message
        await self._notify("notifications/progress", said)

    async def log(self, level: Level, data: Json) -> None:
        if _LEVELS.index(level) >= _LEVELS.index(self._connection.level):
            await self._notify("notifications/message", {"level": level, "data": data})

    async def send(self, method: str, params: Wire) -> Wire:
        if not self._two_way:
            message = "This connection cannot carry requests of the server."
            raise ProtocolError(INTERNAL_ERROR_CODE, message)
        # The SDK only dumps it; its own types would let through only what they know.
        request = cast("ServerRequest", _Raw.model_validate({"method": method, "params": params}))
        related = ServerMessageMetadata(related_request_id=self._context.request_id)
        try:
            result = await self._context.session.send_request(request, _Raw, metadata=related)
        except McpError as failed:
            error = failed.error
            raise ProtocolError(error.code, error.message, error.data) from None
        except ValidationError:
            message = f"The client's answer to {method} is none."
            raise ProtocolError(INTERNAL_ERROR_CODE, message) from None
        return cast("Wire", result.model_dump(mode="json"))

    async def publish(self, change: Change) -> None:
        await self._audience.publish(change)

    async def close_stream(self) -> None:
        if self._context.close_sse_stream is not None:
            await self._context.close_sse_stream()

    async def _notify(self, method: str, params: Wire) -> None:
        await self._connection.notify(method, params, self._context.request_id)
