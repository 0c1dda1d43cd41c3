"""Remembers what was sent on event streams, so that a client can come back for it (SEP-1699)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from mcp.server.streamable_http import EventCallback, EventMessage, EventStore
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import JSONRPCMessage

_MOST_EVENTS = 1_000


class RecentEvents(EventStore):
    """The last events of one session, the oldest forgotten first."""

    def __init__(self, most: int = _MOST_EVENTS) -> None:
        self._most = most
        self._count = 0
        self._events = OrderedDict[str, tuple[str, JSONRPCMessage | None]]()

    async def store_event(self, stream_id: str, message: JSONRPCMessage | None) -> str:
        self._count += 1
        event = str(self._count)
        self._events[event] = (stream_id, message)
        if len(self._events) > self._most:
            self._events.popitem(last=False)
        return event

    async def replay_events_after(
        self, last_event_id: str, send_callback: EventCallback
    ) -> str | None:
        last = self._events.get(last_event_id)
        if last is None:
            return None
        stream, start = last[0], int(last_event_id)
        later = [
            (event, message)
            for event, (where, message) in self._events.items()
            if where == stream and int(event) > start
        ]
        for event, message in later:
            if message is not None:
                await send_callback(EventMessage(message, event))
        return stream


def remember_apart(manager: StreamableHTTPSessionManager) -> None:
    """Give each session a memory of its own.

    Streams are called by the ids of requests, which every session counts from one: in a memory that all
    share, one client could take up another one's stream.
    """
    # The manager takes its `event_store` whenever a session begins, and is made where nothing can be passed in.
    manager.__class__ = _Remembering


class _Remembering(StreamableHTTPSessionManager):
    def __getattribute__(self, name: str) -> Any:
        return RecentEvents() if name == "event_store" else super().__getattribute__(name)
