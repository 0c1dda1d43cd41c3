"""The `Context` that functions of a `FastMCP` ask for by annotation."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic

from mcp import MCPDeprecationWarning
from mcp.server.elicitation import elicit_url, elicit_with_validation
from pydantic import BaseModel
from typing_extensions import TypeVar

from ..context import RequestContext
from ..functions import mcp1 as functions
from ..session import ServerSession

if TYPE_CHECKING:
    from .app import FastMCP

SessionT = TypeVar("SessionT", default=ServerSession)
LifespanContextT = TypeVar("LifespanContextT", default=Any)
RequestT = TypeVar("RequestT", default=Any)
InsideT = TypeVar("InsideT")


class Context(BaseModel, Generic[SessionT, LifespanContextT, RequestT]):
    """What a tool, a prompt or a resource may do beside answering."""

    _request_context: RequestContext[Any, Any, Any] | None = None
    _fastmcp: Any = None

    def __init__(
        self,
        *,
        request_context: RequestContext[Any, Any, Any] | None = None,
        fastmcp: FastMCP[Any] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(**members)
        self._request_context = request_context
        self._fastmcp = fastmcp

    @property
    def fastmcp(self) -> FastMCP[Any]:
        """The server. Raises `ValueError` outside of a request."""
        server: FastMCP[Any] = self._inside(self._fastmcp)
        return server

    @property
    def request_context(self) -> RequestContext[SessionT, LifespanContextT, RequestT]:
        """The request. Raises `ValueError` outside of one."""
        return self._inside(self._request_context)

    @property
    def request_id(self) -> str:
        """The request's id."""
        return str(self.request_context.request_id)

    @property
    def client_id(self) -> str | None:
        """Who the request's `_meta` says that it comes from."""
        return getattr(self.request_context.meta, "client_id", None)

    @property
    def session(self) -> Any:
        """The session with the client."""
        return self.request_context.session

    async def report_progress(
        self, progress: float, total: float | None = None, message: str | None = None
    ) -> None:
        """Tell the caller how far the work is, if it asked to know."""
        meta = self.request_context.meta
        if meta is None or meta.progressToken is None:
            return
        await self.session.send_progress_notification(
            progress_token=meta.progressToken,
            progress=progress,
            total=total,
            message=message,
            related_request_id=self.request_id,
        )

    async def read_resource(self, uri: Any) -> Iterable[Any]:
        """Read one of the server's own resources."""
        return await self.fastmcp.read_resource(uri)

    async def elicit_url(self, message: str, url: str, elicitation_id: str) -> Any:
        """Send the user to a page. Returns whether it was accepted."""
        return await elicit_url(
            session=self.session,
            message=message,
            url=url,
            elicitation_id=elicitation_id,
            related_request_id=self.request_id,
        )

    async def close_sse_stream(self) -> None:
        """Let the client of Streamable HTTP come back for the rest."""
        if self._request_context is not None and self._request_context.close_sse_stream:
            await self._request_context.close_sse_stream()

    async def close_standalone_sse_stream(self) -> None:
        """Let the client of Streamable HTTP come back for what no request asked for."""
        if self._request_context is not None and self._request_context.close_standalone_sse_stream:
            await self._request_context.close_standalone_sse_stream()

    async def elicit(self, message: str, schema: Any) -> Any:
        """Ask the user. Returns what was answered, read by `schema`."""
        return await elicit_with_validation(
            session=self.session,
            message=message,
            schema=schema,
            related_request_id=self.request_id,
        )

    async def log(
        self, level: Any, message: str, *, logger_name: str | None = None, **extra: Any
    ) -> None:
        """Send a log message to the client."""
        with warnings.catch_warnings():
            # Where warnings are errors, legacy code must not fail because logging is on its way out.
            warnings.simplefilter("ignore", MCPDeprecationWarning)
            sending = self.session.send_log_message(
                level=level, data=message, logger=logger_name, related_request_id=self.request_id
            )
        await sending

    async def debug(self, message: str, **extra: Any) -> None:
        """Send a log message of the level `debug`."""
        await self.log("debug", message, **extra)

    async def info(self, message: str, **extra: Any) -> None:
        """Send a log message of the level `info`."""
        await self.log("info", message, **extra)

    async def warning(self, message: str, **extra: Any) -> None:
        """Send a log message of the level `warning`."""
        await self.log("warning", message, **extra)

    async def error(self, message: str, **extra: Any) -> None:
        """Send a log message of the level `error`."""
        await self.log("error", message, **extra)

    @staticmethod
    def _inside(value: InsideT | None) -> InsideT:
        if value is None:
            raise ValueError("Context is not available outside of a request")
        return value


def context_parameter(function: Callable[..., Any]) -> str | None:
    """The parameter of a function that is annotated as a `Context`; `None` if there is none."""
    return functions.context_parameter(function, Context)


find_context_parameter = context_parameter


def inject_context(
    fn: Callable[..., Any], kwargs: dict[str, Any], context: Any, context_kwarg: str | None
) -> dict[str, Any]:
    """The arguments of a function, with the context if it asks for one."""
    return kwargs if context_kwarg is None else {**kwargs, context_kwarg: context}
