"""Hears what a server lists as it stands on the wire, so that one thing that is nonsense does not cost all the others.

The SDK takes a list as a whole or not at all. It is given the lists without what is in them.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias, cast

from mcp.shared.message import SessionMessage
from mcp.types import JSONRPCRequest, JSONRPCResponse

Said: TypeAlias = "SessionMessage | Exception"

MEMBERS = {
    "tools/list": "tools",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
    "prompts/list": "prompts",
}


class _Reads(Protocol):
    async def receive(self) -> Said: ...
    async def aclose(self) -> None: ...


class _Writes(Protocol):
    async def send(self, item: SessionMessage, /) -> None: ...
    async def aclose(self) -> None: ...


@dataclass(slots=True)
class Heard:
    """What was listed, by the member of the result that holds it.

    Attributes:
        items: What stood in the lists that were no lists is one item.
        odd: Members whose cursor was no text: what comes behind it nobody can ask for.
    """

    items: dict[str, list[object]] = field(default_factory=dict[str, "list[object]"])
    odd: set[str] = field(default_factory=set[str])
    _asked: dict[object, str] = field(default_factory=dict[object, str])

    def sent(self, message: SessionMessage) -> None:
        """Take note of a request for a list."""
        request = message.message
        if isinstance(request, JSONRPCRequest) and request.method in MEMBERS:
            self._asked[request.id] = MEMBERS[request.method]

    def came(self, message: Said) -> None:
        """Take the items out of an answer that lists some."""
        answer = None if isinstance(message, Exception) else message.message
        if not isinstance(answer, JSONRPCResponse):
            return
        member = self._asked.pop(answer.id, None)
        if member is None:
            return
        listed: object = answer.result.get(member, [])
        found = cast("list[object]", listed) if isinstance(listed, list) else [listed]
        self.items.setdefault(member, []).extend(found)
        answer.result[member] = []
        if not isinstance(answer.result.get("nextCursor"), str | None):
            self.odd.add(member)
            del answer.result["nextCursor"]


@dataclass(slots=True)
class _Stream:
    """Either half of a transport."""

    inner: Any
    heard: Heard

    @property
    def last_context(self) -> Any:
        """What the SDK looks for beside a message."""
        return getattr(self.inner, "last_context", None)

    async def aclose(self) -> None:
        await self.inner.aclose()

    async def __aenter__(self) -> Self:
        await self.inner.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> bool | None:
        return cast("bool | None", await self.inner.__aexit__(exc_type, exc_val, exc_tb))

    async def send(self, item: SessionMessage, /) -> None:
        self.heard.sent(item)
        await cast("_Writes", self.inner).send(item)

    async def receive(self) -> Said:
        message = await cast("_Reads", self.inner).receive()
        self.heard.came(message)
        return message

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Said:
        message = cast("Said", await self.inner.__anext__())
        self.heard.came(message)
        return message


@asynccontextmanager
async def overheard(transport: Any, heard: Heard) -> AsyncGenerator[tuple[_Stream, _Stream]]:
    """The transport, with somebody who listens."""
    async with transport as (read, write):
        yield _Stream(read, heard), _Stream(write, heard)
