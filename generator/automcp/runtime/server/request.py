"""One request of a client, as a dialect hands it to the kernel. Each SDK has its own implementation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from ..shared.model import Json

Wire: TypeAlias = dict[str, Json]
Level: TypeAlias = Literal[
    "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"
]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as the verified access token says.

    Attributes:
        client: The application (OAuth client id).
        subject: The person on whose behalf it calls, unique per issuer; `None` if nobody's.
        scopes: What the token allows.
    """

    client: str
    subject: str | None = None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListChanged:
    """A list is not what it was."""

    of: Literal["tools", "prompts", "resources"]


@dataclass(frozen=True, slots=True)
class ResourceUpdated:
    """What a resource holds is not what it was."""

    uri: str


Change: TypeAlias = ListChanged | ResourceUpdated


class Request(Protocol):
    """What the kernel asks of the SDK while it answers one request."""

    @property
    def native(self) -> Any:
        """The SDK's own context of the request."""
        ...

    @property
    def modern(self) -> bool:
        """Whether the connection speaks MCP 2026-07-28 or later, where servers send no requests."""
        ...

    @property
    def state(self) -> Any:
        """What the lifespan set up."""
        ...

    @property
    def headers(self) -> Mapping[str, str] | None:
        """The HTTP headers; `None` on stdio."""
        ...

    @property
    def caller(self) -> Caller | None:
        """Who calls; `None` without authentication."""
        ...

    @property
    def capabilities(self) -> Mapping[str, Json]:
        """What the client declared, as on the wire; empty if nothing."""
        ...

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        """Report progress to the token of the request; nothing if it has none."""
        ...

    async def log(self, level: Level, data: Json) -> None:
        """Send a log message on the request's own stream, if the client wants this level."""
        ...

    async def send(self, method: str, params: Wire) -> Wire:
        """Send the client a request on this request's own stream, and wait for its result.

        Only before 2026-07-28. Raises `ProtocolError` if the client answers with an error, or if the
        connection cannot carry requests of the server.
        """
        ...

    async def publish(self, change: Change) -> None:
        """Tell everyone who listens, over whatever era's way: streams of `subscriptions/listen`, and older
        connections (a resource's update only those that subscribed to it)."""
        ...

    async def close_stream(self) -> None:
        """End the request's HTTP stream before its answer, for the client to come back for it (SEP-1699).

        Does nothing where the transport cannot resume.
        """
        ...
