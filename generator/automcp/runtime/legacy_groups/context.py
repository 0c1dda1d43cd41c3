"""The `ctx` that operations ask for."""

from __future__ import annotations

import asyncio
import inspect
import re
import typing
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from types import SimpleNamespace
from typing import Any, NamedTuple

import anyio.from_thread
from mcp import MCPDeprecationWarning
from mcp.types import TextContent
from pydantic import Field

_SDKS = ("mcp", "fastmcp", __name__.partition(".")[0])
"""Where contexts come from; a class of a group's own may have that name, too."""
_NAMED = re.compile(r"(^|[^\w])Context($|[^\w])")


class ResourceData(NamedTuple):
    """A resource that was read: `content, mime_type = await ctx.read_resource(uri)`."""

    content: str | bytes
    mime_type: str | None


class OperationContext:
    """The SDK's context of a request, with the habits that operations know.

    Messages may be sent with or without `await`, and reading a resource gives its content and its type.
    Everything else is the SDK's.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._sending: list[asyncio.Task[None]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._context, name)

    def log(self, level: str, message: Any, *, logger_name: str | None = None, **extra: Any) -> Awaitable[None]:  # fmt: skip
        """Send a log message to the client."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            # A plain method runs in a thread.
            return anyio.from_thread.run_sync(lambda: self._send(level, message, logger_name))
        return self._send(level, message, logger_name)

    def _send(self, level: str, message: Any, logger_name: str | None) -> Awaitable[None]:
        with warnings.catch_warnings():
            # Where warnings are errors, operations must not fail because logging is on its way out.
            warnings.simplefilter("ignore", MCPDeprecationWarning)
            sending: Coroutine[Any, Any, None] = self._context.session.send_log_message(
                level=level,
                data=message,
                logger=logger_name,
                related_request_id=self._context.request_id,
            )
        task = asyncio.ensure_future(sending)
        self._sending.append(task)
        return task

    def debug(self, message: Any, **extra: Any) -> Awaitable[None]:
        """Send a log message of the level `debug`."""
        return self.log("debug", message, **extra)

    def info(self, message: Any, **extra: Any) -> Awaitable[None]:
        """Send a log message of the level `info`."""
        return self.log("info", message, **extra)

    def warning(self, message: Any, **extra: Any) -> Awaitable[None]:
        """Send a log message of the level `warning`."""
        return self.log("warning", message, **extra)

    def error(self, message: Any, **extra: Any) -> Awaitable[None]:
        """Send a log message of the level `error`."""
        return self.log("error", message, **extra)

    async def read_resource(self, uri: Any) -> ResourceData:
        """Read one of the server's own resources. Raises `ValueError` if it has no content."""
        for one in await self._context.read_resource(str(uri)):
            return ResourceData(one.content, one.mime_type)
        raise ValueError(f"the resource {uri} has no content")

    async def settled(self) -> None:
        """Wait for the messages that nobody waited for, so that they go out before the answer."""
        await asyncio.gather(*self._sending, return_exceptions=True)


class MockContext(TextContent):
    """A context outside of any request, which remembers what it was told.

    Attributes:
        info_messages: What `info` was called with.
        progress_updates: What `report_progress` was called with: the progress, and of how much.
    """

    type: typing.Literal["text"] = "text"
    text: str = ""
    info_messages: list[Any] = Field(default_factory=list[Any])
    progress_updates: list[tuple[float, float | None]] = Field(
        default_factory=list[tuple[float, float | None]]
    )

    def info(self, message: Any, **extra: Any) -> Awaitable[None]:
        """Remember a message."""
        self.info_messages.append(message)
        return _Nothing()

    debug = warning = error = info

    async def report_progress(
        self, progress: float, total: float | None = None, message: str | None = None
    ) -> None:
        """Remember how far the work is."""
        self.progress_updates.append((progress, total))


class _Nothing(Awaitable[None]):
    """May be awaited, or not."""

    def __await__(self) -> typing.Generator[Any, Any, None]:
        yield from ()


def context_parameter(function: Callable[..., Any]) -> str | None:
    """The parameter of a function that takes the context; `None` if there is none.

    It is annotated as a `Context`, in any spelling. One that is called `ctx` takes it, too, if its annotation says
    nothing, cannot be read, or is the `TextContent` that once stood for contexts.
    """
    parameters = inspect.signature(function).parameters
    hints = annotations_of(function)
    for name in parameters:
        if name in hints and _is_context(hints[name]):
            return name
    ctx = parameters.get("ctx")
    if ctx is None or ctx.kind in (ctx.VAR_POSITIONAL, ctx.VAR_KEYWORD):
        return None
    hint = hints.get("ctx", Any)
    former = inspect.isclass(hint) and issubclass(hint, TextContent)
    return "ctx" if hint is Any or isinstance(hint, str) or former else None


def annotations_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of a function, read one by one: what names something that only type checkers see stays text."""
    plain = inspect.unwrap(function)
    names = getattr(plain, "__globals__", {})
    found: dict[str, Any] = {}
    for name, said in inspect.get_annotations(plain).items():
        try:
            read = typing.get_type_hints(
                SimpleNamespace(__annotations__={name: said}), names, include_extras=True
            )
            found[name] = read[name]
        except Exception:
            # Evaluating what others wrote may fail in any way.
            found[name] = said
    return found


def _is_context(hint: Any) -> bool:
    if isinstance(hint, str):
        return _NAMED.search(hint) is not None
    if isinstance(hint, typing.ForwardRef):
        return _is_context(hint.__forward_arg__)
    parts = (hint, typing.get_origin(hint), *typing.get_args(hint))
    return any(
        base.__name__ == "Context" and base.__module__.partition(".")[0] in _SDKS
        for one in parts
        if inspect.isclass(one)
        for base in one.__mro__
    ) or any(isinstance(one, str | typing.ForwardRef) and _is_context(one) for one in parts)
