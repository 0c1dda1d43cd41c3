"""The SDK's low-level server, which knows its connections and says truly what it can do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, cast

from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.lowlevel.server import NotificationOptions, Server
from mcp.server.models import InitializationOptions
from mcp.shared.message import SessionMessage
from mcp.types import Icon, ServerCapabilities
from typing_extensions import override

from ..server.request import Wire
from ..shared.surface import Identity
from .audience import Audience
from .connection import Connection


@dataclass(frozen=True, slots=True)
class Offered:
    """What a server has to tell of itself that the SDK cannot know.

    Attributes:
        resources, prompts: Whether there are any.
        subscribe: Whether there are resources that clients can subscribe to.
        changes: Whether clients can be told of changes at all.
        extensions: The protocol extensions that it speaks, by identifier.
    """

    resources: bool
    prompts: bool
    subscribe: bool
    changes: bool
    extensions: Wire


class ConnectedServer(Server[Any, Any]):
    """A low-level server like any other, except for what its handshake says."""

    def __init__(
        self,
        identity: Identity,
        audience: Audience,
        *,
        offered: Callable[[], Offered],
        running: Callable[[], AbstractAsyncContextManager[Any]],
    ) -> None:
        """Introduce itself as `identity`.

        Args:
            audience: Gets each connection for as long as it lives.
            offered: Asked at each handshake.
            running: Entered around each connection; handlers find there what it gives.
        """
        super().__init__(
            identity.name,
            version=identity.version,
            instructions=identity.instructions,
            website_url=identity.website,
            icons=[Icon.model_validate(one) for one in identity.icons] or None,
            lifespan=lambda _: running(),
        )
        self._audience = audience
        self._offered = offered
        said = {"title": identity.title, "description": identity.description}
        self._introduction: Wire = {key: text for key, text in said.items() if text is not None}

    @override
    async def run(
        self,
        read_stream: MemoryObjectReceiveStream[SessionMessage | Exception],
        write_stream: MemoryObjectSendStream[SessionMessage],
        initialization_options: InitializationOptions,
        raise_exceptions: bool = False,
        stateless: bool = False,
    ) -> None:
        """Serve one connection until it ends."""
        connection = Connection(read_stream, write_stream, self._introduction, stateless=stateless)
        with self._audience.hosting(connection):
            await super().run(
                # All that the session asks of its streams.
                cast("MemoryObjectReceiveStream[SessionMessage | Exception]", connection.incoming),
                cast("MemoryObjectSendStream[SessionMessage]", connection.outgoing),
                initialization_options,
                raise_exceptions,
                stateless,
            )

    @override
    def get_capabilities(
        self,
        notification_options: NotificationOptions,
        experimental_capabilities: dict[str, dict[str, Any]],
    ) -> ServerCapabilities:
        """What the handshake declares."""
        offered = self._offered()
        changes = NotificationOptions(offered.changes, offered.changes, offered.changes)
        declared = super().get_capabilities(changes, experimental_capabilities)
        if not offered.prompts:
            declared.prompts = None
        if not offered.resources:
            declared.resources = None
        elif declared.resources is not None:
            declared.resources.subscribe = offered.subscribe
        declared.experimental = experimental_capabilities or None
        if offered.extensions:
            declared = declared.model_copy(update={"extensions": offered.extensions})
        return declared
