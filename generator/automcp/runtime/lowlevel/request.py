"""One request of mcp 2's low-level server, as the kernel wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.connection import allowed_log_levels
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.shared.message import ServerMessageMetadata
from mcp_types import (
    CreateMessageRequest,
    ElicitRequest,
    ListRootsRequest,
    LoggingMessageNotification,
    LoggingMessageNotificationParams,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import BaseModel, ConfigDict, ValidationError

from ..server.errors import INTERNAL_ERROR_CODE, ProtocolError
from ..server.request import Caller, Change, Level, Wire
from ..shared.model import Json
from .audience import Audience, wants

_REQUESTS: dict[str, Any] = {
    "elicitation/create": ElicitRequest,
    "sampling/createMessage": CreateMessageRequest,
    "roots/list": ListRootsRequest,
}


class _Raw(BaseModel):
    """Any result, as it came."""

    model_config = ConfigDict(extra="allow")


class LowlevelRequest:
    """The `Request` of the kernel."""

    def __init__(
        self,
        context: ServerRequestContext[Any, Any],
        native: Callable[[], object],
        audience: Audience,
    ) -> None:
        """Wrap a request.

        Args:
            native: Makes what handlers find as `context.native`, which few ask for.
        """
        self._context = context
        self._audience = audience
        self._native = native

    @cached_property
    def native(self) -> Any:
        return self._native()

    @property
    def modern(self) -> bool:
        # Nobody asked over the wire what a server asks itself: see `hosted.py`.
        return getattr(self._context, "protocol_version", None) in MODERN_PROTOCOL_VERSIONS

    @property
    def state(self) -> Any:
        return self._context.lifespan_context

    @property
    def headers(self) -> Mapping[str, str] | None:
        return cast("Mapping[str, str] | None", getattr(self._context.request, "headers", None))

    @property
    def caller(self) -> Caller | None:
        token = get_access_token()
        if token is None:
            return None
        return Caller(token.client_id, token.subject, frozenset(token.scopes))

    @property
    def capabilities(self) -> Mapping[str, Json]:
        declared = self._context.session.client_capabilities
        if declared is None:
            return {}
        return declared.model_dump(mode="json", by_alias=True, exclude_none=True)

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        await self._context.session.report_progress(done, total, message)

    async def log(self, level: Level, data: Json) -> None:
        context = self._context
        meta = cast("Mapping[str, Any] | None", context.meta)
        if level not in allowed_log_levels(context.protocol_version, meta):
            return
        if not self.modern and not wants(context.session, level):
            return
        # The SDK's own `log` warns of its deprecation at every call; this is what it does.
        params = LoggingMessageNotificationParams(level=level, data=data)
        notification = LoggingMessageNotification(params=params)
        await context.session.send_notification(notification, context.request_id)

    async def send(self, method: str, params: Wire) -> Wire:
        request = _REQUESTS[method].model_validate({"method": method, "params": params})
        related = ServerMessageMetadata(related_request_id=self._context.request_id)
        try:
            result = await self._context.session.send_request(request, _Raw, metadata=related)
        except MCPError as error:
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
