"""Remembers what was sent on event streams, so that a client can come back for it (SEP-1699)."""

from __future__ import annotations

from collections import OrderedDict

from mcp.server.streamable_http import EventCallback, EventMessage, EventStore
from mcp.types import JSONRPCMessage
from typing_extensions import override

_MOST_EVENTS = 10_000


class RecentEvents:
    """The last events of this process, the oldest forgotten first."""

    def __init__(self, most: int = _MOST_EVENTS) -> None:
        self._most = most
        self._count = 0
        self._events = OrderedDict[int, tuple[object, str, JSONRPCMessage | None]]()

    def of_session(self) -> EventStore:
        """A memory for one session: streams are named by request ids, which other sessions use, too."""
        return _SessionEvents(self)

    def add(self, session: object, stream: str, message: JSONRPCMessage | None) -> str:
        """Keep one event; its id."""
        self._count += 1
        self._events[self._count] = (session, stream, message)
        if len(self._events) > self._most:
            self._events.popitem(last=False)
        return str(self._count)

    def after(
        self, session: object, event: str
    ) -> tuple[str, list[tuple[str, JSONRPCMessage]]] | None:
        """The event's stream and what came later on it; `None` if it is unknown, or another session's."""
        number = int(event) if event.isdecimal() else 0
        owner, stream, _ = self._events.get(number, (None, "", None))
        if owner is not session:
            return None
        return stream, [
            (str(later), message)
            for later, (whose, where, message) in self._events.items()
            if later > number and whose is session and where == stream and message is not None
        ]


class _SessionEvents(EventStore):
    def __init__(self, events: RecentEvents) -> None:
        self._events = events

    @override
    async def store_event(self, stream_id: str, message: JSONRPCMessage | None) -> str:
        return self._events.add(self, stream_id, message)

    @override
    async def replay_events_after(
        self, last_event_id: str, send_callback: EventCallback
    ) -> str | None:
        found = self._events.after(self, last_event_id)
        if found is None:
            return None
        stream, later = found
        for event, message in later:
            await send_callback(EventMessage(message, event))
        return stream
