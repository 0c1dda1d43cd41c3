"""The client side of `mcp` 1, for servers that are clients of others: sessions, and the ways to reach a server."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any, TypeAlias

import mcp.client.sse
import mcp.client.streamable_http
from mcp import ClientSession as Now
from mcp import ClientSessionGroup as GroupNow
from mcp import StdioServerParameters, stdio_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.types import PaginatedRequestParams
from typing_extensions import override

from . import types

__all__ = [
    "ClientSession",
    "ClientSessionGroup",
    "GetSessionIdCallback",
    "StdioServerParameters",
    "sse_client",
    "stdio_client",
    "streamable_http_client",
    "streamablehttp_client",
]

GetSessionIdCallback: TypeAlias = Callable[[], str | None]
Seconds: TypeAlias = float | timedelta | None


def seconds(said: Seconds) -> float | None:
    """A time as `mcp` 2 wants it."""
    return said.total_seconds() if isinstance(said, timedelta) else said


class ClientSession(Now):
    """A session with a server: times may be a `timedelta`, pages are asked for by their cursor."""

    def __init__(
        self,
        read_stream: Any,
        write_stream: Any,
        read_timeout_seconds: Seconds = None,
        *callbacks: Any,
        **words: Any,
    ) -> None:
        words.pop("experimental_task_handlers", None)
        super().__init__(
            read_stream, write_stream, seconds(read_timeout_seconds), *callbacks, **words
        )

    def get_server_capabilities(self) -> Any:
        """What the server offers; `None` before the session is initialized."""
        return self.server_capabilities

    @override
    async def send_request(
        self,
        request: Any,
        result_type: Any,
        request_read_timeout_seconds: Seconds = None,
        *callbacks: Any,
        **words: Any,
    ) -> Any:
        timeout = seconds(request_read_timeout_seconds)
        return await super().send_request(request, result_type, timeout, *callbacks, **words)

    @override
    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        read_timeout_seconds: Seconds = None,
        *callbacks: Any,
        **words: Any,
    ) -> Any:
        timeout = seconds(read_timeout_seconds)
        return await super().call_tool(name, arguments, timeout, *callbacks, **words)

    @override
    async def list_tools(self, cursor: str | None = None, *, params: Any = None) -> Any:
        return await super().list_tools(params=_page(cursor, params))

    @override
    async def list_prompts(self, cursor: str | None = None, *, params: Any = None) -> Any:
        return await super().list_prompts(params=_page(cursor, params))

    @override
    async def list_resources(self, cursor: str | None = None, *, params: Any = None) -> Any:
        return await super().list_resources(params=_page(cursor, params))

    @override
    async def list_resource_templates(
        self, cursor: str | None = None, *, params: Any = None
    ) -> Any:
        return await super().list_resource_templates(params=_page(cursor, params))

    @override
    async def read_resource(self, uri: Any, **words: Any) -> Any:
        return await super().read_resource(str(uri), **words)

    @override
    async def subscribe_resource(self, uri: Any, **words: Any) -> Any:
        return await super().subscribe_resource(str(uri), **words)  # pyright: ignore[reportDeprecated]

    @override
    async def unsubscribe_resource(self, uri: Any, **words: Any) -> Any:
        return await super().unsubscribe_resource(str(uri), **words)  # pyright: ignore[reportDeprecated]


def _page(cursor: str | None, params: Any) -> Any:
    return (
        PaginatedRequestParams(cursor=cursor) if params is None and cursor is not None else params
    )


class ClientSessionGroup(GroupNow):
    """Several servers as one."""

    @override
    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        read_timeout_seconds: Seconds = None,
        progress_callback: Any = None,
        *,
        args: dict[str, Any] | None = None,
        **words: Any,
    ) -> Any:
        given = arguments if args is None else args
        timeout = seconds(read_timeout_seconds)
        return await super().call_tool(name, given, timeout, progress_callback, **words)


@asynccontextmanager
async def streamable_http_client(
    url: str, *, http_client: Any = None, terminate_on_close: bool = True
) -> AsyncGenerator[tuple[Any, Any, GetSessionIdCallback]]:
    """Speak Streamable HTTP. Yields what to read, what to write, and a function that tells the session's id."""
    async with AsyncExitStack() as stack:
        if http_client is None:
            made = create_mcp_http_client()
            http_client = await stack.enter_async_context(made)
        found: list[str] = []

        async def look(response: Any) -> None:
            found.extend(filter(None, [response.headers.get("mcp-session-id")]))

        http_client.event_hooks["response"] = [*http_client.event_hooks["response"], look]
        streams = mcp.client.streamable_http.streamable_http_client(
            url, http_client=http_client, terminate_on_close=terminate_on_close
        )
        read, write = await stack.enter_async_context(streams)
        yield read, write, lambda: found[-1] if found else None


@asynccontextmanager
async def streamablehttp_client(
    url: str,
    headers: dict[str, str] | None = None,
    timeout: float | timedelta = 30,
    sse_read_timeout: float | timedelta = 300,
    terminate_on_close: bool = True,
    httpx_client_factory: Callable[..., Any] | None = None,
    auth: Any = None,
) -> AsyncGenerator[tuple[Any, Any, GetSessionIdCallback]]:
    """As `streamable_http_client`, with what the HTTP client is made of."""
    made = _http_client(httpx_client_factory)(
        headers=headers, timeout=_timeout(timeout, sse_read_timeout), auth=auth
    )
    async with (
        made as http_client,
        streamable_http_client(
            url, http_client=http_client, terminate_on_close=terminate_on_close
        ) as streams,
    ):
        yield streams


@asynccontextmanager
async def sse_client(
    url: str,
    headers: dict[str, Any] | None = None,
    timeout: float | timedelta = 5,
    sse_read_timeout: float | timedelta = 300,
    httpx_client_factory: Callable[..., Any] | None = None,
    auth: Any = None,
    on_session_created: Callable[[str], None] | None = None,
) -> AsyncGenerator[tuple[Any, Any]]:
    """Speak HTTP with server-sent events. Yields what to read, and what to write."""
    async with mcp.client.sse.sse_client(
        url,
        headers,
        seconds(timeout) or 0.0,
        seconds(sse_read_timeout) or 0.0,
        _http_client(httpx_client_factory),
        auth,
        on_session_created,
    ) as streams:
        yield streams


def _timeout(timeout: float | timedelta, read: float | timedelta) -> Any:
    import httpx2

    return httpx2.Timeout(seconds(timeout), read=seconds(read))


def _http_client(factory: Callable[..., Any] | None) -> Callable[..., Any]:
    """A function that makes an HTTP client of today's library; what a legacy one makes tells its headers."""
    import httpx2

    usual: Callable[..., Any] = create_mcp_http_client
    if factory is None:
        return usual

    def make(headers: Any = None, timeout: Any = None, auth: Any = None) -> Any:
        made = factory(headers=headers, timeout=None, auth=None)
        if isinstance(made, httpx2.AsyncClient):
            return made
        return usual(headers={**dict(made.headers), **(headers or {})}, timeout=timeout, auth=auth)

    return make


def __getattr__(name: str) -> Any:
    if name in ("session", "session_group", "sse", "streamable_http"):
        return sys.modules[__name__]
    # What did not change, or is a type of the protocol.
    for module in (mcp.client.streamable_http, mcp.client.sse, mcp.client):
        if hasattr(module, name) and not name.startswith("__"):
            return getattr(module, name)
    return getattr(types, name)
