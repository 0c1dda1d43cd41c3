"""The context of a request as `mcp` 1 had it: the same for every handler, and found from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Generic

from mcp.server.context import ServerRequestContext
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypeVar

from .session import ServerSession, session_of

SessionT = TypeVar("SessionT", default=ServerSession)
LifespanContextT = TypeVar("LifespanContextT", default=Any)
RequestT = TypeVar("RequestT", default=Any)


class Meta(BaseModel):
    """The `_meta` of a request.

    Attributes:
        progressToken: What progress is told under; `None` if the caller does not ask for it.
    """

    model_config = ConfigDict(extra="allow")

    progressToken: str | int | None = None


@dataclass
class RequestContext(Generic[SessionT, LifespanContextT, RequestT]):
    """What a handler may know of the request that it answers.

    Attributes:
        now: The context that `mcp` 2 has of it.
    """

    request_id: str | int
    meta: Meta | None
    session: SessionT
    lifespan_context: LifespanContextT
    request: RequestT | None = None
    close_sse_stream: Any = None
    close_standalone_sse_stream: Any = None
    now: Any = field(default=None, repr=False, compare=False)


request_ctx: ContextVar[RequestContext[Any, Any, Any]] = ContextVar("request_ctx")


def _meta(members: Mapping[str, Any]) -> Meta:
    found = dict(members)
    token = found.pop("progress_token", None)
    return Meta.model_validate(found if token is None else {"progressToken": token, **found})


def as_it_was(now: ServerRequestContext[Any, Any]) -> RequestContext[Any, Any, Any]:
    """The context of `mcp` 1 for one of `mcp` 2."""
    return RequestContext(
        request_id=now.request_id if now.request_id is not None else "",
        meta=_meta(now.meta) if now.meta is not None else None,
        session=session_of(now.session),
        lifespan_context=now.lifespan_context,
        request=now.request,
        close_sse_stream=now.close_sse_stream,
        close_standalone_sse_stream=now.close_standalone_sse_stream,
        now=now,
    )


def __getattr__(name: str) -> Any:
    return import_module(".elsewhere", __package__).elsewhere(name)
