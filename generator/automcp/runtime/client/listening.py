"""Hearing of a server's changes as they happen, in both protocol eras: `Changes`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import anyio
from mcp import Client
from mcp.client import subscriptions as sdk
from mcp.client.session import ClientSession
from mcp.shared.exceptions import MCPError
from mcp_types import (
    EmptyResult,
    PingRequest,
    Request,
    SubscribeRequest,
    SubscribeRequestParams,
    UnsubscribeRequest,
    UnsubscribeRequestParams,
)

from .changes import (
    Change,
    Interest,
    PromptsChanged,
    ResourcesChanged,
    ResourceUpdated,
    ToolsChanged,
)
from .errors import ConnectionError

_MOST_PENDING = 1_024
_HEARTBEAT, _ANSWER_TIME, _LEAVING_TIME = 30.0, 10.0, 5.0


class Changes(ABC, AsyncIterator[Change]):
    """The changes that a listener hears of; `async for` waits for each.

    A change says that something is to be read anew, not what it is now. So one that was not yet taken
    is not told twice.

    Attributes:
        interest: What the server agreed to tell of.
    """

    def __init__(self, interest: Interest) -> None:
        self.interest = interest

    def __aiter__(self) -> Self:
        return self

    @abstractmethod
    async def __anext__(self) -> Change:
        """The next change; the iteration ends when the server ends it.

        Raises:
            ConnectionError: The connection broke. Listen again, and read anew what is needed.
        """


class Ears:
    """Passes what one connection of before 2026-07-28 is told on to all who listen there."""

    def __init__(self) -> None:
        self._listeners: set[_Heard] = set()
        self._subscribed: Counter[str] = Counter()

    def hear(self, change: Change) -> None:
        """Pass a change on."""
        for listener in self._listeners:
            listener.add(change)

    def close(self) -> None:
        """End all listening: the connection is gone."""
        for listener in self._listeners:
            listener.lose()

    @asynccontextmanager
    async def listen(self, session: ClientSession, interest: Interest) -> AsyncGenerator[Changes]:
        """Subscribe, hear, and unsubscribe what nobody else listens to."""
        heard = _Heard(interest, lambda: session.send_request(PingRequest(), EmptyResult))
        subscribed: list[str] = []
        self._listeners.add(heard)
        try:
            for uri in dict.fromkeys(interest.uris):
                request = SubscribeRequest(params=SubscribeRequestParams(uri=uri))
                await session.send_request(request, EmptyResult)
                self._subscribed[uri] += 1
                subscribed.append(uri)
            yield heard
        finally:
            self._listeners.discard(heard)
            self._subscribed.subtract(subscribed)
            await _unsubscribe(session, [uri for uri in subscribed if not self._subscribed[uri]])


@asynccontextmanager
async def modern_changes(client: Client, interest: Interest) -> AsyncGenerator[Changes]:
    """Hear of changes through `subscriptions/listen` (MCP 2026-07-28)."""
    async with client.listen(
        tools_list_changed=interest.tools,
        prompts_list_changed=interest.prompts,
        resources_list_changed=interest.resources,
        resource_subscriptions=interest.uris,
    ) as subscription:
        yield _Streamed(subscription)


class _Streamed(Changes):
    def __init__(self, subscription: sdk.Subscription) -> None:
        honored = subscription.honored
        super().__init__(
            Interest(
                tools=honored.tools_list_changed is True,
                prompts=honored.prompts_list_changed is True,
                resources=honored.resources_list_changed is True,
                uris=tuple(honored.resource_subscriptions or ()),
            )
        )
        self._subscription = subscription

    async def __anext__(self) -> Change:
        try:
            event = await anext(self._subscription)
        except sdk.SubscriptionLost as error:
            raise _lost() from error
        match event:
            case sdk.ToolsListChanged():
                return ToolsChanged()
            case sdk.PromptsListChanged():
                return PromptsChanged()
            case sdk.ResourcesListChanged():
                return ResourcesChanged()
            case sdk.ResourceUpdated(uri=uri):
                return ResourceUpdated(uri)


class _Heard(Changes):
    def __init__(self, interest: Interest, ping: Callable[[], Awaitable[object]]) -> None:
        super().__init__(interest)
        self._ping = ping
        self._pending: dict[Change, None] = {}
        self._lost = False
        self._news = anyio.Event()

    def add(self, change: Change) -> None:
        if self.interest.covers(change):
            self._pending[change] = None
            if len(self._pending) > _MOST_PENDING:
                self._lost = True
            self._news.set()

    def lose(self) -> None:
        self._lost = True
        self._news.set()

    async def __anext__(self) -> Change:
        while not self._pending and not self._lost:
            await self._wait()
        if self._lost:
            raise _lost()
        change = next(iter(self._pending))
        del self._pending[change]
        return change

    async def _wait(self) -> None:
        self._news = anyio.Event()
        with anyio.move_on_after(_HEARTBEAT):
            await self._news.wait()
            return
        # A connection that died in silence looks like a server that has nothing to tell.
        try:
            with anyio.fail_after(_ANSWER_TIME):
                await self._ping()
        except (MCPError, TimeoutError):
            self._lost = True


async def _unsubscribe(session: ClientSession, uris: list[str]) -> None:
    """Tell the server, if it is still there; whoever leaves does not wait for long, nor hears of it."""
    with anyio.move_on_after(_LEAVING_TIME, shield=True):
        for uri in uris:
            request: Request[Any, Any] = UnsubscribeRequest(
                params=UnsubscribeRequestParams(uri=uri)
            )
            try:
                await session.send_request(request, EmptyResult)
            except (MCPError, anyio.ClosedResourceError, anyio.BrokenResourceError):
                return


def _lost() -> ConnectionError:
    return ConnectionError("the stream of changes broke; listen again, and read anew")
