"""The tables of handlers that fastmcp 2 and 3 had below them: handlers are found, and replaced, by the class of the request."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextvars import ContextVar
from typing import Any, TypeAlias, cast

from fastmcp.server.dependencies import bind_request_context, fastmcp_request_ctx
from mcp import MCPError
from mcp.types import RequestParams

Answer: TypeAlias = Callable[[Any], Awaitable[Any]]

_logger = logging.getLogger(__name__)
_asked: ContextVar[Any] = ContextVar("_asked", default=None)
"""The context of the request that a replaced handler answers."""


class RequestHandlers(MutableMapping[Any, Answer]):
    """What answers which request, by the class of the request.

    Args:
        server: The low-level server.
    """

    def __init__(self, server: Any) -> None:
        self._server = server
        self._classes: dict[str, Any] = {}

    def __getitem__(self, request: Any) -> Answer:
        entry: Any = self._server._request_handlers[_method(request)]

        async def answer(asked: Any) -> Any:
            context = _asked.get() or fastmcp_request_ctx.get(None)
            return await entry.handler(context, asked.params)

        return answer

    def __setitem__(self, request: Any, answer: Answer) -> None:
        method = _method(request)
        before: Any = self._server._request_handlers.get(method)
        self._classes[method] = request

        async def handler(context: Any, params: Any) -> Any:
            token = _asked.set(context)
            try:
                with bind_request_context(context):
                    found = await answer(request.model_construct(method=method, params=params))
            except MCPError:
                raise
            except Exception as error:
                # Whatever was raised was what callers were told.
                _logger.exception("%s failed", method)
                raise MCPError(0, str(error)) from error
            finally:
                _asked.reset(token)
            return getattr(found, "root", found)

        kind = RequestParams if before is None else before.params_type
        self._server.add_request_handler(method, kind, handler)

    def __delitem__(self, request: Any) -> None:
        del self._server._request_handlers[_method(request)]

    def __contains__(self, request: object) -> bool:
        return _method(request) in self._server._request_handlers

    def __iter__(self) -> Iterator[Any]:
        return iter(self._classes.values())

    def __len__(self) -> int:
        return len(self._classes)


def _method(request: Any) -> str:
    """The method that a class of requests is sent by. Raises `KeyError` if it is none."""
    try:
        return str(request.model_fields["method"].default)
    except (AttributeError, TypeError) as error:
        raise KeyError(request) from error


def handlers_of(server: Any) -> RequestHandlers:
    """The table of a low-level server."""
    found = server.__dict__.get("_table")
    if found is None:
        found = server.__dict__["_table"] = RequestHandlers(server)
    return cast("RequestHandlers", found)
