"""One task: how far it is, what it asks, and what came of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import anyio

from ..shared.model import Json
from .errors import ProtocolError
from .request import Caller, Change, Level, Request, Wire

Status: TypeAlias = Literal["working", "input_required", "completed", "failed", "cancelled"]

_LIFETIME = 3_600.0
"""Seconds that a task can be asked about after it ended."""
_POLL_INTERVAL = 500
"""Milliseconds that a client should wait before it asks again."""


@dataclass
class _Asked:
    """Something that the client has to answer."""

    request: Wire
    answered: anyio.Event = field(default_factory=anyio.Event)
    answer: Wire = field(default_factory=dict[str, Json])


class Task:
    """A call that runs on.

    Attributes:
        id: Nobody can guess it: without authentication, who knows it is its owner.
        scope: Around its work; cancelled, it ends.
    """

    def __init__(self, owner: Caller | None) -> None:
        self.id = secrets.token_urlsafe(24)
        self.scope = anyio.CancelScope()
        self._owner = _identity(owner)
        self._created = self._updated = _now()
        self._over: float | None = None
        self._status: Status = "working"
        self._message: str | None = None
        self._result: Wire | None = None
        self._error: ProtocolError | None = None
        self._asked: dict[str, _Asked] = {}

    def belongs_to(self, caller: Caller | None) -> bool:
        """Whether it was this caller who started it."""
        return self._owner == _identity(caller)

    def is_over(self) -> bool:
        """Whether it ended so long ago that nobody asks about it any more."""
        return self._over is not None and time.monotonic() - self._over > _LIFETIME

    def summary(self) -> Wire:
        """What every message about it says."""
        said: Wire = {
            "taskId": self.id,
            "status": self._status,
            "createdAt": self._created,
            "lastUpdatedAt": self._updated,
            "ttlMs": int(_LIFETIME * 1000),
            "pollIntervalMs": _POLL_INTERVAL,
        }
        return {**said, "statusMessage": self._message} if self._message else said

    def detail(self) -> Wire:
        """How far it is, what it asks, what came of it."""
        said = self.summary()
        if self._status == "input_required":
            said["inputRequests"] = {key: one.request for key, one in self._asked.items()}
        if self._result is not None:
            said["result"] = self._result
        if self._error is not None:
            error: Wire = {"code": self._error.code, "message": self._error.message}
            said["error"] = (
                error if self._error.data is None else {**error, "data": self._error.data}
            )
        return said

    def tell(self, message: str) -> None:
        """Say how far it is, in words."""
        self._message = message
        self._updated = _now()

    async def ask(self, method: str, params: Wire) -> Wire:
        """Wait for the client's answer to a request."""
        key = secrets.token_hex(8)
        asked = self._asked[key] = _Asked({"method": method, "params": params})
        self._become("input_required")
        try:
            await asked.answered.wait()
        finally:
            self._asked.pop(key, None)
        return asked.answer

    def answer(self, answers: Mapping[str, Json]) -> None:
        """Take the client's answers; what nobody asked is ignored."""
        for key, answer in answers.items():
            asked = self._asked.get(key)
            if asked is not None and isinstance(answer, dict):
                del self._asked[key]
                asked.answer = answer
                asked.answered.set()
        if self._status == "input_required" and not self._asked:
            self._become("working")

    def end(self, status: Status, result: Wire | None, error: ProtocolError | None) -> None:
        """It ended by itself; nothing, if it was cancelled before."""
        if self._over is None:
            self._result, self._error = result, error
            self._over = time.monotonic()
            self._become(status)

    def cancel(self) -> None:
        """End it now; nothing, if it has ended."""
        self.end("cancelled", None, None)
        self.scope.cancel()

    def _become(self, status: Status) -> None:
        self._status = status
        self._updated = _now()


class TaskRequest:
    """The request that a task goes on with when the one that started it is answered.

    Its questions wait in the task until the client has answered them.
    """

    modern = False

    def __init__(self, first: Request, task: Task) -> None:
        self.native: Any = first.native
        self.state: Any = first.state
        self.headers = first.headers
        self.caller = first.caller
        self.capabilities = first.capabilities
        self._task = task
        self._publish = first.publish

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        self._task.tell(message or (f"{done:g}" if total is None else f"{done:g} of {total:g}"))

    async def log(self, level: Level, data: Json) -> None:
        """Nothing: log messages belong to the stream of a request, which is over."""

    async def send(self, method: str, params: Wire) -> Wire:
        return await self._task.ask(method, params)

    async def publish(self, change: Change) -> None:
        await self._publish(change)

    async def close_stream(self) -> None:
        """Nothing: there is none."""


def _identity(caller: Caller | None) -> tuple[str, str | None] | None:
    return None if caller is None else (caller.client, caller.subject)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
