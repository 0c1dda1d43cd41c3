"""Lets a low-level server answer with a kernel, and with what was added by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import McpError
from mcp.types import EmptyResult, ErrorData, ServerResult
from pydantic import BaseModel

from ..server.errors import ProtocolError, Unknown
from ..server.kernel import Kernel, Method
from ..server.request import Level, Request, Wire
from ..shared.path import shorten
from .audience import Audience
from .connection import REQUESTS
from .request import SessionContext, SessionRequest

Handler = Callable[[Any], Awaitable[ServerResult]]
Added = Callable[[str, str], bool]
"""Whether somebody added a thing by hand: the method that is about it, and its name or address."""

_LISTS: Final = {
    "tools/list": ("tools", "name"),
    "prompts/list": ("prompts", "name"),
    "resources/list": ("resources", "uri"),
    "resources/templates/list": ("resourceTemplates", "uriTemplate"),
}
_NAMED: Final = {
    "tools/call": ("tool", "name"),
    "resources/read": ("resource", "uri"),
    "prompts/get": ("prompt", "name"),
}


class Binding:
    """A kernel behind a low-level server.

    Args:
        native: Makes what handlers find as `context.native`.
        added: Tells what was added by hand.
        two_way: Whether a client gets what is sent before the answer, over HTTP.
    """

    def __init__(
        self,
        kernel: Kernel[Any, Any],
        server: Server[Any, Any],
        audience: Audience,
        *,
        native: Callable[[], object],
        added: Added,
        two_way: Callable[[], bool],
    ) -> None:
        self._kernel = kernel
        self._server = server
        self._audience = audience
        self._native = native
        self._added = added
        self._two_way = two_way

    def bind(self) -> None:
        """Answer with the kernel from now on; what the server answered before comes after it."""
        methods = self._kernel.methods
        for method in _LISTS.keys() & methods.keys():
            self._put(method, self._listing(method, methods[method]))
        for method in _NAMED:
            self._put(method, self._answering(method, methods.get(method, _unknown(method))))
        self.bind_completion()
        self._put("logging/setLevel", self._set_level)
        if self._kernel.surface.value("subscribable"):
            self._put("resources/subscribe", self._subscribe)
            self._put("resources/unsubscribe", self._unsubscribe)

    def bind_completion(self) -> None:
        """Complete what the surface says; all else is for the handler that was there before, if any."""
        method = "completion/complete"
        if method in self._kernel.methods:
            self._put(method, self._answering(method, self._kernel.methods[method]))

    def _put(self, method: str, handler: Handler) -> None:
        self._server.request_handlers[REQUESTS[method]] = handler

    def _before(self, method: str) -> Handler | None:
        return self._server.request_handlers.get(REQUESTS[method])

    def _request(self) -> SessionRequest:
        context = cast("SessionContext", self._server.request_context)
        two_way = context.request is None or self._two_way()
        return SessionRequest(context, self._native(), self._audience, two_way=two_way)

    def _answering(self, method: str, answer: Method) -> Handler:
        before = self._before(method)

        async def handle(sent: BaseModel) -> ServerResult:
            request = self._request()
            try:
                return _result(await answer(request.params, request))
            except Unknown as unknown:
                if before is None or not self._elsewhere(method, request.params):
                    raise _mcp_error(unknown) from None
            except ProtocolError as error:
                raise _mcp_error(error) from None
            return await before(sent)

        return handle

    def _elsewhere(self, method: str, params: Wire) -> bool:
        """Whether something that was added by hand is meant; a completion may always be about one."""
        if method not in _NAMED:
            return True
        return self._added(method, cast("str", params[_NAMED[method][1]]))

    def _listing(self, method: str, answer: Method) -> Handler:
        member, key = _LISTS[method]
        before = self._before(method)

        async def handle(sent: BaseModel | None) -> ServerResult:
            if sent is None:
                # The SDK itself asks, for what it needs to know of tools that were added by hand.
                return await cast("Handler", before)(sent)
            request = self._request()
            try:
                result = await answer(request.params, request)
            except ProtocolError as error:
                raise _mcp_error(error) from None
            if before is not None and "nextCursor" not in result:
                more = await before(sent)
                dumped = more.model_dump(mode="json", by_alias=True, exclude_none=True)
                result[member] = _merged(result[member], dumped[member], key)
            return _result(result)

        return handle

    async def _set_level(self, _: object) -> ServerResult:
        self._audience.current.level = cast("Level", self._request().params["level"])
        return _result({})

    async def _subscribe(self, _: object) -> ServerResult:
        request = self._request()
        uri = cast("str", request.params["uri"])
        try:
            if not self._kernel.shelf.subscribable(uri, request.caller):
                raise Unknown(f"Nobody is told of changes of {shorten(uri, 200)}.", {"uri": uri})
        except ProtocolError as error:
            raise _mcp_error(error) from None
        self._audience.current.subscriptions.add(uri)
        return _result({})

    async def _unsubscribe(self, _: object) -> ServerResult:
        uri = cast("str", self._request().params["uri"])
        self._audience.current.subscriptions.discard(uri)
        return _result({})


def _unknown(method: str) -> Method:
    """Answers for a service that has nothing of the kind."""
    kind, key = _NAMED[method]

    async def answer(params: Wire, _: Request) -> Wire:
        name = cast("str", params[key])
        data: Wire | None = {"uri": name} if key == "uri" else None
        raise Unknown(f"Unknown {kind}: {shorten(name, 200)}", data)

    return answer


def _merged(own: Any, added: Any, key: str) -> list[Any]:
    """The kernel's items, then those added by hand whose names are not taken."""
    names = {one[key] for one in own}
    return [*own, *(one for one in added if one[key] not in names)]


def _result(wire: Wire) -> ServerResult:
    """The result as it is: the SDK's own types would lose what they do not know."""
    return ServerResult(EmptyResult.model_validate(wire))


def _mcp_error(error: ProtocolError) -> McpError:
    return McpError(ErrorData(code=error.code, message=error.message, data=error.data))
