"""A request that came from no SDK: what the kernel asks of one, and what it did with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from automcp.runtime.server.errors import METHOD_NOT_FOUND, ProtocolError
from automcp.runtime.server.request import Caller, Change, Level, Wire
from automcp.runtime.shared.model import Json


@dataclass
class FakeRequest:
    """One request; `answers` are what the client says to the server's own requests, by method."""

    modern: bool = True
    state: Any = None
    headers: Mapping[str, str] | None = None
    caller: Caller | None = None
    capabilities: Mapping[str, Json] = field(default_factory=dict[str, Json])
    answers: Mapping[str, Wire] = field(default_factory=dict[str, Wire])
    native: Any = None
    logged: list[tuple[str, Json]] = field(default_factory=list[tuple[str, Json]])
    steps: list[tuple[float, float | None, str | None]] = field(
        default_factory=list[tuple[float, float | None, str | None]]
    )
    published: list[Change] = field(default_factory=list[Change])
    sent: list[tuple[str, Wire]] = field(default_factory=list[tuple[str, Wire]])

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        self.steps.append((done, total, message))

    async def log(self, level: Level, data: Json) -> None:
        self.logged.append((level, data))

    async def send(self, method: str, params: Wire) -> Wire:
        self.sent.append((method, params))
        if method not in self.answers:
            raise ProtocolError(METHOD_NOT_FOUND, "Method not found")
        return self.answers[method]

    async def publish(self, change: Change) -> None:
        self.published.append(change)

    async def close_stream(self) -> None: ...
