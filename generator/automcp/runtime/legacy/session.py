"""What `mcp` 1 offered of a server's session with its client, and of progress."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any, Generic, TypeAlias

import mcp.server.session
from mcp.server.session import ServerSession as Now
from mcp.shared.dispatcher import ProgressFnT
from pydantic import BaseModel
from typing_extensions import TypeVar, override

from .client import seconds

__all__ = [
    "BaseSession",
    "InitializationState",
    "Progress",
    "ProgressContext",
    "ProgressFnT",
    "RequestResponder",
    "ServerSession",
    "progress",
]

SUPPORTED_PROTOCOL_VERSIONS = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
RequestId: TypeAlias = str | int
SendRequestT = TypeVar("SendRequestT", default=Any)
SendNotificationT = TypeVar("SendNotificationT", default=Any)
SendResultT = TypeVar("SendResultT", default=Any)
ReceiveRequestT = TypeVar("ReceiveRequestT", default=Any)
ReceiveNotificationT = TypeVar("ReceiveNotificationT", default=Any)
ReceiveResultT = TypeVar("ReceiveResultT", default=Any)


class InitializationState(Enum):
    """How far a session is."""

    NotInitialized = 1
    Initializing = 2
    Initialized = 3


class BaseSession(
    Generic[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT]
):
    """A session, in annotations."""


class RequestResponder(Generic[ReceiveRequestT, SendResultT]):
    """A request that is to be answered, in annotations: handlers are given none any more."""


class ServerSession(Now):
    """The session with the client. Those of one connection are equal."""

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, ServerSession) and other._connection is self._connection

    @override
    def __hash__(self) -> int:
        return id(self._connection)

    @override
    async def elicit(  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        message: str,
        requestedSchema: Any = None,
        related_request_id: RequestId | None = None,
        **words: Any,
    ) -> Any:
        schema = words.get("requested_schema", requestedSchema)
        return await self.elicit_form(message, schema, related_request_id)

    @override
    async def elicit_form(  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        message: str,
        requestedSchema: Any = None,
        related_request_id: RequestId | None = None,
        **words: Any,
    ) -> Any:
        schema = words.get("requested_schema", requestedSchema)
        return await super().elicit_form(message, schema, related_request_id)

    @override
    async def send_request(
        self,
        request: Any,
        result_type: Any,
        request_read_timeout_seconds: Any = None,
        metadata: Any = None,
        progress_callback: Any = None,
    ) -> Any:
        timeout = seconds(request_read_timeout_seconds)
        return await super().send_request(
            request, result_type, timeout, metadata, progress_callback
        )


ServerSessionT = TypeVar("ServerSessionT", bound=ServerSession)


def session_of(now: Now) -> ServerSession:
    """The session as `mcp` 1 offered it."""
    found = object.__new__(ServerSession)
    vars(found).update(vars(now))
    return found


class Progress(BaseModel):
    """How far work is."""

    progress: float
    total: float | None


@dataclass
class ProgressContext(Generic[SendRequestT]):
    """Tells a client how far the work for it is."""

    session: Any
    progress_token: str | int
    total: float | None
    current: float = field(default=0.0, init=False)

    async def progress(self, amount: float, message: str | None = None) -> None:
        """So much more is done."""
        self.current += amount
        await self.session.send_progress_notification(
            self.progress_token, self.current, total=self.total, message=message
        )


@contextmanager
def progress(ctx: Any, total: float | None = None) -> Generator[ProgressContext]:
    """Tell of progress. Raises `ValueError` if the caller does not ask for it."""
    if ctx.meta is None or ctx.meta.progressToken is None:
        raise ValueError("No progress token provided")
    yield ProgressContext(ctx.session, ctx.meta.progressToken, total)


def __getattr__(name: str) -> Any:
    if hasattr(mcp.server.session, name) and not name.startswith("__"):
        return getattr(mcp.server.session, name)
    return import_module(".elsewhere", __package__).elsewhere(name)
