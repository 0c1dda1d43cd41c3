"""What a handler gets besides its parameters: a small protocol, and the SDK behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar, cast

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.connection import allowed_log_levels
from mcp.server.mcpserver import Context as NativeContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_REQUEST,
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    ClientCapabilities,
    ElicitationCapability,
    LoggingMessageNotification,
    LoggingMessageNotificationParams,
)
from pydantic import BaseModel

from ..shared.model import to_json

T = TypeVar("T")
AskedT = TypeVar("AskedT", bound=BaseModel)
StateT = TypeVar("StateT")
SettingsT = TypeVar("SettingsT")
StateT_co = TypeVar("StateT_co", covariant=True)
SettingsT_co = TypeVar("SettingsT_co", covariant=True)

Answer: TypeAlias = T | Awaitable[T]
"""What a handler returns: from an `async def`, or from a plain one, which runs in a worker thread."""

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
    subject: str | None
    scopes: frozenset[str]


class Context(Protocol[StateT_co, SettingsT_co]):
    """One call, seen from its handler.

    The async methods belong to the event loop. A plain `def` handler runs in a worker thread and
    calls them as `anyio.from_thread.run(context.progress, 1, 3)`.
    """

    @property
    def state(self) -> StateT_co:
        """What the server's lifespan set up; `None` if it has none."""
        ...

    @property
    def settings(self) -> SettingsT_co:
        """The server's settings; `None` if the spec has none."""
        ...

    @property
    def caller(self) -> Caller | None:
        """Who calls; `None` without authentication."""
        ...

    @property
    def headers(self) -> Mapping[str, str] | None:
        """The HTTP headers; `None` on stdio. The client wrote them: they prove no identity."""
        ...

    @property
    def native(self) -> NativeContext[Any, Any]:
        """The SDK's own context, for all that this one does not have."""
        ...

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None:
        """Tell how far the call has come. Does nothing if the caller did not ask to be told."""
        ...

    async def log(self, level: Level, data: object) -> None:
        """Send a log message (any JSON, or a model) to the client.

        From MCP 2026-07-28 on it is sent only if the client asked for this level with the call.
        Raises what `to_json` raises.
        """
        ...

    async def read_resource(self, uri: str) -> str | bytes:
        """The content of one of this server's own resources.

        Raises the SDK's `ResourceError`; `ResourceNotFoundError` if there is none at `uri`.
        """
        ...

    async def ask(self, message: str, form: type[AskedT]) -> AskedT | None:
        """Ask the user to fill in a form; `None` if they decline or close it.

        The fields of `form` are strings, numbers, booleans or enumerations (MCP, elicitation).
        The question travels to the client while the call runs. Connections of MCP 2026-07-28
        have no way back for that: declare what the handler needs as parameters instead.

        Raises:
            MCPError: The connection or the client cannot ask. Left alone, the caller gets it.
            ValueError: The answer does not fit the form.
            TypeError: The form has a field of a type that the protocol does not allow.
        """
        ...


class RequestContext(Generic[StateT, SettingsT]):
    """The `Context` of a call that came through the SDK."""

    __slots__ = ("_native", "_settings")

    def __init__(self, native: NativeContext[StateT, Any], settings: SettingsT) -> None:
        self._native = native
        self._settings = settings

    @property
    def state(self) -> StateT:
        return self._native.request_context.lifespan_context

    @property
    def settings(self) -> SettingsT:
        return self._settings

    @property
    def caller(self) -> Caller | None:
        token = get_access_token()
        if token is None:
            return None
        return Caller(token.client_id, token.subject, frozenset(token.scopes))

    @property
    def headers(self) -> Mapping[str, str] | None:
        return self._native.headers

    @property
    def native(self) -> NativeContext[StateT, Any]:
        return self._native

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None:
        to_json([done, total, message])
        await self._native.report_progress(done, total, message)

    async def log(self, level: Level, data: object) -> None:
        plain = to_json(data)
        request = self._native.request_context
        # The SDK's own `log` warns of its deprecation at every call; this is what it does.
        if level in allowed_log_levels(
            request.protocol_version, cast("Mapping[str, Any] | None", request.meta)
        ):
            params = LoggingMessageNotificationParams(level=level, data=plain)
            notification = LoggingMessageNotification(params=params)
            await request.session.send_notification(notification, request.request_id)

    async def read_resource(self, uri: str) -> str | bytes:
        contents = list(await self._native.read_resource(uri))
        return contents[0].content

    async def ask(self, message: str, form: type[AskedT]) -> AskedT | None:
        self._require_questions()
        to_json(message)
        answer = await self._native.elicit(message, form)
        return answer.data if answer.action == "accept" else None

    def _require_questions(self) -> None:
        session = self._native.session
        if not session.can_send_request:
            raise MCPError(
                INVALID_REQUEST,
                f"This call has to ask the user, and an MCP {session.protocol_version} "
                "connection of this kind cannot carry a question from the server.",
            )
        wanted = ClientCapabilities(elicitation=ElicitationCapability())
        if not session.check_client_capability(wanted):
            raise MCPError(
                MISSING_REQUIRED_CLIENT_CAPABILITY,
                "This call has to ask the user, and the client did not declare `elicitation`.",
                {"requiredCapabilities": {"elicitation": {}}},
            )
