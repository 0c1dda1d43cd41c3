"""The SDK's session manager, inside the service's lifespan and with a memory for each session."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from mcp.server.auth.middleware.bearer_auth import AuthorizationContext
from mcp.server.fastmcp.server import Settings
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http import EventStore, StreamableHTTPServerTransport
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from typing_extensions import override

from .events import RecentEvents


class Sessions(StreamableHTTPSessionManager):
    """A session manager whose `run` also sets up what handlers share.

    The SDK gives all sessions one event store, where streams of different sessions have the same names:
    a client that comes back could get what was meant for another. Here each has its own.
    """

    def __init__(
        self,
        server: Server[Any, Any],
        settings: Settings[Any],
        *,
        running: Callable[[], AbstractAsyncContextManager[Any]],
        events: RecentEvents | None,
        event_store: EventStore | None,
        retry_interval: int | None,
    ) -> None:
        """Serve as `settings` say.

        Args:
            running: What to enter once for all sessions.
            events: Where each session remembers what it sent.
            event_store: One of the caller's own for all of them, unless there are `events`.
            retry_interval: Milliseconds after which a client may come back.
        """
        super().__init__(
            server,
            event_store=event_store,
            json_response=settings.json_response,
            stateless=settings.stateless_http,
            security_settings=settings.transport_security,
            retry_interval=retry_interval,
            session_idle_timeout=settings.session_idle_timeout,
            max_request_body_size=settings.max_request_body_size,
            max_sessions=settings.max_sessions,
        )
        self._running = running
        self._events = events

    @override
    @asynccontextmanager
    async def run(self) -> AsyncGenerator[None]:
        """Set up, and serve until the block ends."""
        async with self._running(), super().run():
            yield

    @override
    def _admit_session(
        self, requestor: AuthorizationContext | None
    ) -> StreamableHTTPServerTransport | None:
        # The next line reads it for the one session that it admits. Were it not called, nothing would resume.
        if self._events is not None:
            self.event_store = self._events.of_session()
        return super()._admit_session(requestor)
