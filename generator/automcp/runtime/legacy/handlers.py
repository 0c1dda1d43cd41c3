"""The table of a server's handlers as `mcp` 1 had it, where setting an entry registers it with `mcp` 2."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from mcp import MCPError
from mcp import types as now
from mcp.server.lowlevel import Server

from .context import as_it_was, request_ctx
from .members import keep, told

logger = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[Any], Awaitable[Any]]

_PARAMS: dict[str, Any] = {
    "ping": now.RequestParams,
    "prompts/list": now.PaginatedRequestParams,
    "prompts/get": now.GetPromptRequestParams,
    "resources/list": now.PaginatedRequestParams,
    "resources/templates/list": now.PaginatedRequestParams,
    "resources/read": now.ReadResourceRequestParams,
    "resources/subscribe": now.SubscribeRequestParams,
    "resources/unsubscribe": now.UnsubscribeRequestParams,
    "tools/list": now.PaginatedRequestParams,
    "tools/call": now.CallToolRequestParams,
    "logging/setLevel": now.SetLevelRequestParams,
    "completion/complete": now.CompleteRequestParams,
}


class RequestHandlers(dict[Any, Answer]):
    """Handlers by the class of the request that they answer."""

    def __init__(self, server: Server[Any]) -> None:
        super().__init__()
        self._server = server
        server.middleware.append(keep)

    def __setitem__(self, request: Any, answer: Answer) -> None:
        super().__setitem__(request, answer)
        method = request.model_fields["method"].default

        async def handler(context: Any, params: Any) -> Any:
            token = request_ctx.set(as_it_was(context))
            try:
                return told(await answer(request(params=params)))
            except MCPError:
                raise
            except Exception as error:
                # `mcp` 1 told callers what went wrong, under this code.
                logger.exception("%s failed", method)
                raise MCPError(0, str(error)) from error
            finally:
                request_ctx.reset(token)

        self._server.add_request_handler(method, _PARAMS[method], handler)
