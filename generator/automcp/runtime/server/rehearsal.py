"""A client for tests that speaks JSON-RPC to a server in the same process, whatever SDK carries it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from itertools import count
from typing import Any, Final, TypeAlias, cast

import anyio
from anyio.abc import TaskGroup

from .errors import METHOD_NOT_FOUND, ProtocolError
from .request import Wire

Answerer: TypeAlias = Callable[[Wire], Awaitable[Wire]]
"""Answers a request of the server: its params, the result. May raise `ProtocolError`."""

HANDSHAKE_REVISION: Final = "2025-11-25"
MODERN_REVISION: Final = "2026-07-28"

_CAPABILITIES: Final[dict[str, Wire]] = {
    "elicitation/create": {"elicitation": {"form": {}, "url": {}}},
    "sampling/createMessage": {"sampling": {}},
    "roots/list": {"roots": {}},
}
_PREFIX: Final = "io.modelcontextprotocol"
_CLIENT: Final[Wire] = {"name": "test", "version": "0"}


class TestClient:
    """A client that is connected to a server in memory.

    Attributes:
        server: What the server said of itself, in the handshake or asked to `discover`.
        notifications: What it has sent besides answers: `{"method": ..., "params": ...}`, oldest first.
    """

    # Not a test, whatever its name says to pytest.
    __test__ = False

    def __init__(
        self,
        send: Callable[[Wire], Awaitable[None]],
        tasks: TaskGroup,
        answers: Mapping[str, Answerer],
    ) -> None:
        self.server: Wire = {}
        self.notifications: list[Wire] = []
        self._send = send
        self._tasks = tasks
        self._answers = answers
        self._numbers = count(1)
        self._waiting: dict[int, tuple[anyio.Event, list[Wire]]] = {}
        self._meta: Wire = {}

    async def open(self, capabilities: Wire | None, *, modern: bool) -> None:
        """Get to know the server, in the way of either era.

        Args:
            capabilities: What the client declares; `None`: what its answers can do.
            modern: Whether to speak 2026-07-28, which has no handshake.
        """
        if capabilities is None:
            known = (_CAPABILITIES[method] for method in self._answers)
            capabilities = {key: value for one in known for key, value in one.items()}
        if modern:
            self._meta = {
                f"{_PREFIX}/protocolVersion": MODERN_REVISION,
                f"{_PREFIX}/clientInfo": _CLIENT,
                f"{_PREFIX}/clientCapabilities": capabilities,
            }
            self.server = await self.request("server/discover")
            return
        said: Wire = {
            "protocolVersion": HANDSHAKE_REVISION,
            "capabilities": capabilities,
            "clientInfo": _CLIENT,
        }
        self.server = await self.request("initialize", said)
        await self.notify("notifications/initialized")

    async def request(self, method: str, params: Wire | None = None) -> Wire:
        """Ask the server. Raises `ProtocolError` if it answers with an error. Cancelling tells the server."""
        number = next(self._numbers)
        done, answer = self._waiting[number] = (anyio.Event(), [])
        try:
            await self._send(
                {"jsonrpc": "2.0", "id": number, "method": method, "params": self._full(params)}
            )
            await done.wait()
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True), suppress(anyio.BrokenResourceError):
                await self.notify("notifications/cancelled", {"requestId": number})
            raise
        finally:
            del self._waiting[number]
        said = answer[0]
        if "error" in said:
            error = cast("dict[str, Any]", said["error"])
            raise ProtocolError(error["code"], error["message"], error.get("data"))
        return cast("Wire", said["result"])

    async def notify(self, method: str, params: Wire | None = None) -> None:
        """Tell the server something."""
        await self._send({"jsonrpc": "2.0", "method": method, "params": self._full(params)})

    def receive(self, said: Wire) -> None:
        """Take what the server sent."""
        number = said.get("id")
        if "method" not in said:
            if isinstance(number, int) and number in self._waiting:
                done, answer = self._waiting[number]
                answer.append(said)
                done.set()
        elif number is None:
            self.notifications.append(
                {"method": said["method"], "params": said.get("params") or {}}
            )
        else:
            self._tasks.start_soon(self._answer, said)

    async def _answer(self, asked: Wire) -> None:
        answer: Wire = {"jsonrpc": "2.0", "id": asked["id"]}
        method = cast("str", asked["method"])
        try:
            if method not in self._answers:
                raise ProtocolError(METHOD_NOT_FOUND, f"Method not found: {method}")
            answer["result"] = await self._answers[method](cast("Wire", asked.get("params") or {}))
        except ProtocolError as refused:
            data: Wire = {} if refused.data is None else {"data": refused.data}
            answer["error"] = {"code": refused.code, "message": refused.message, **data}
        await self._send(answer)

    def _full(self, params: Wire | None) -> Wire:
        own = params or {}
        if not self._meta:
            return own
        return {**own, "_meta": {**self._meta, **cast("Wire", own.get("_meta") or {})}}
