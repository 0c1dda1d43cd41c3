"""Lets a low-level server answer with a kernel, and with what was added by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, cast

from mcp.server.context import HandlerResult, ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CallToolRequestParams,
    CompleteRequestParams,
    EmptyResult,
    GetPromptRequestParams,
    NotificationParams,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    RequestParams,
    SetLevelRequestParams,
    SubscribeRequestParams,
    UnsubscribeRequestParams,
)
from pydantic import BaseModel

from ..server.errors import ProtocolError, Unknown
from ..server.kernel import Kernel, Method
from ..server.request import Wire
from .audience import Audience, choose_level
from .headers import HeaderSchemas
from .request import LowlevelRequest
from .shapes import Shapes
from .spliced import LISTS, texts_of

Handler = Callable[[ServerRequestContext[Any, Any], Any], Awaitable[HandlerResult]]
Native = Callable[[ServerRequestContext[Any, Any], Any], object]
Added = Callable[[str, str], Awaitable[bool]]
"""Whether somebody added a thing by hand: the method that is about it, and its name or address."""

_PARAMS: Final[dict[str, type[BaseModel]]] = {
    **dict.fromkeys(LISTS, PaginatedRequestParams),
    "tools/call": CallToolRequestParams,
    "resources/read": ReadResourceRequestParams,
    "prompts/get": GetPromptRequestParams,
    "completion/complete": CompleteRequestParams,
    **dict.fromkeys(("tasks/get", "tasks/update", "tasks/cancel"), RequestParams),
}
_NAMED: Final = {"tools/call": "name", "resources/read": "uri", "prompts/get": "name"}


class Binding:
    """A kernel behind a low-level server.

    Args:
        native: Makes what handlers find as `context.native`, of the SDK's context and params.
        added: Tells what was added by hand.
    """

    def __init__(
        self, kernel: Kernel[Any, Any], audience: Audience, *, native: Native, added: Added
    ) -> None:
        self._kernel = kernel
        self._audience = audience
        self._native = native
        self._added = added
        self._shapes = Shapes()

    def bind(self, server: Server[Any]) -> None:
        """Answer with the kernel from now on; what `server` answered before comes after it."""
        for method, answer in self._kernel.methods.items():
            entry = server.get_request_handler(method)
            before = entry.handler if entry else None
            handler = (
                self._listing(server, method, answer, before)
                if method in LISTS
                else self._answering(method, answer, before)
            )
            server.add_request_handler(method, _PARAMS[method], handler)
        server.add_request_handler("logging/setLevel", SetLevelRequestParams, self._set_level)
        if self._kernel.surface.value("subscribable"):
            server.add_request_handler(
                "resources/subscribe", SubscribeRequestParams, self._subscribe
            )
            server.add_request_handler(
                "resources/unsubscribe", UnsubscribeRequestParams, self._unsubscribe
            )
        server.add_notification_handler(
            "notifications/initialized", NotificationParams, self._initialized
        )
        schemas = HeaderSchemas(self._kernel, server.get_tool_input_schema)
        server.get_tool_input_schema = schemas.of

    def _request(self, context: ServerRequestContext[Any, Any], params: object) -> LowlevelRequest:
        return LowlevelRequest(context, partial(self._native, context, params), self._audience)

    def _answering(self, method: str, answer: Method, before: Handler | None) -> Handler:
        key = _NAMED.get(method)

        async def handle(context: ServerRequestContext[Any, Any], params: Any) -> HandlerResult:
            sent = cast("Wire", context.params or {})
            request = self._request(context, params)
            try:
                return _complete(await answer(sent, request), request)
            except Unknown as unknown:
                if before is None or not await self._elsewhere(method, key, sent):
                    raise _mcp_error(unknown) from None
            except ProtocolError as error:
                raise _mcp_error(error) from None
            return await before(context, params)

        return handle

    async def _elsewhere(self, method: str, key: str | None, params: Wire) -> bool:
        """Whether something that was added by hand is meant; a completion may always be about one."""
        return key is None or await self._added(method, cast("str", params[key]))

    def _listing(
        self, server: Server[Any], method: str, answer: Method, before: Handler | None
    ) -> Handler:
        member, key = LISTS[method]

        async def handle(context: ServerRequestContext[Any, Any], params: Any) -> HandlerResult:
            request = self._request(context, params)
            try:
                result = await answer(cast("Wire", context.params or {}), request)
            except ProtocolError as error:
                raise _mcp_error(error) from None
            own = cast("list[Wire]", result[member])
            more: list[Wire] = []
            if before is not None and "nextCursor" not in result:
                added = _plain(await before(context, PaginatedRequestParams()))
                taken = {cast("str", one[key]) for one in own}
                more = [one for one in added[member] if one[key] not in taken]
            listed = _complete(dict(result), request)
            version = context.protocol_version
            if own and (texts := texts_of(server, method, handle)):
                listed[member] = [texts.stand_in(method, version, listed), *more]
            else:
                listed[member] = [*self._shapes.of(method, version, own, key), *more]
            return listed

        return handle

    async def _set_level(
        self, context: ServerRequestContext[Any, Any], params: SetLevelRequestParams
    ) -> EmptyResult:
        choose_level(context.session, params.level)
        return EmptyResult()

    async def _subscribe(
        self, context: ServerRequestContext[Any, Any], params: SubscribeRequestParams
    ) -> EmptyResult:
        request = self._request(context, params)
        try:
            if not self._kernel.shelf.subscribable(params.uri, request.caller):
                raise Unknown(f"Nobody is told of changes of {params.uri}.", {"uri": params.uri})
        except ProtocolError as error:
            raise _mcp_error(error) from None
        self._audience.subscribe(context.session, params.uri)
        return EmptyResult()

    async def _unsubscribe(
        self, context: ServerRequestContext[Any, Any], params: UnsubscribeRequestParams
    ) -> EmptyResult:
        self._audience.unsubscribe(context.session, params.uri)
        return EmptyResult()

    async def _initialized(self, context: ServerRequestContext[Any, Any], _: object) -> None:
        self._audience.join(context.session)


def _complete(result: dict[str, Any], request: LowlevelRequest) -> dict[str, Any]:
    """The result with its kind, which every result has to say from 2026-07-28 on."""
    return {"resultType": "complete", **result} if request.modern else result


def _plain(result: HandlerResult) -> dict[str, Any]:
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json", by_alias=True, exclude_none=True)
    return dict(result or {})


def _mcp_error(error: ProtocolError) -> MCPError:
    return MCPError(error.code, error.message, error.data)
