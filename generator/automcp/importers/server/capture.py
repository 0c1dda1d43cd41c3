"""Asks a running server what it offers, and believes it as little as possible."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any, Protocol, TypeAlias, TypeVar, cast

import anyio
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from pydantic import BaseModel, ValidationError

from ...runtime.client.http import HttpServer, http_transport
from .dial import Command, Reach, Url

Wire: TypeAlias = "dict[str, Any]"

MOST_PAGES = 1_000
MOST_ITEMS = 20_000
_LAST_LINES = 2_000
"""So many characters of what a server said on stderr are shown when it failed."""


class CannotCapture(Exception):
    """The server cannot be started or reached, or does not answer as MCP wants it; the message says how."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What a server says of itself and of what it offers, as it stands on the wire.

    Attributes:
        server: `serverInfo`; empty if it does not say who it is.
        capabilities: What it declares.
    """

    server: Wire
    instructions: str | None
    capabilities: Wire
    tools: tuple[Wire, ...]
    resources: tuple[Wire, ...]
    templates: tuple[Wire, ...]
    prompts: tuple[Wire, ...]


def capture(reach: Reach, seconds: float, mode: str = "auto") -> Captured:
    """Connect to a server, list all that it offers, and leave it.

    Args:
        seconds: How long all of it may take.
        mode: How the SDK's client connects; `legacy` to servers that end when they are asked something new.

    Raises:
        CannotCapture: It does not start, does not answer in time or as MCP wants it, or its lists have no end.
    """
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as said, _listening() as garbled:
        try:
            return anyio.run(_within, reach, said, seconds, mode)
        except CannotCapture as error:
            raise CannotCapture(f"{error}{garbled}{_heard(said)}") from None


class _Garbled(logging.Handler):
    """Counts what the SDK could not read, which it would log line by line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self._count += 1

    def __str__(self) -> str:
        return f"\n{self._count} of its messages were no JSON-RPC" if self._count else ""


@contextmanager
def _listening() -> Generator[_Garbled]:
    """Hears what the SDK's transports complain of, so that nobody else does."""
    log, garbled = logging.getLogger("mcp"), _Garbled()
    before = log.propagate
    log.addHandler(garbled)
    log.propagate = False
    try:
        yield garbled
    finally:
        log.propagate = before
        log.removeHandler(garbled)


async def _within(reach: Reach, said: IO[str], seconds: float, mode: str) -> Captured:
    step = ["it did not start to speak MCP"]
    try:
        with anyio.fail_after(seconds):
            return await _capture(reach, said, step, mode)
    except TimeoutError:
        raise CannotCapture(f"{step[0]} within {seconds:g} seconds") from None
    except CannotCapture:
        raise
    except Exception as error:
        raise CannotCapture(_innermost(error)) from error


async def _capture(reach: Reach, said: IO[str], step: list[str], mode: str) -> Captured:
    async with Client(_transport(reach, said), mode=mode) as client:
        step[0] = "it did not list what it offers"
        has = client.server_capabilities
        none = has.tools is None and has.prompts is None and has.resources is None
        return Captured(
            server=_wire(client.server_info) if client.server_info else {},
            instructions=client.instructions,
            capabilities=_wire(has),
            # A server that declares nothing at all may still have tools: many an old one has.
            tools=await _all("tools", client.list_tools, has.tools is not None or none),
            resources=await _all("resources", client.list_resources, has.resources is not None),
            templates=await _all(
                "resource_templates", client.list_resource_templates, has.resources is not None
            ),
            prompts=await _all("prompts", client.list_prompts, has.prompts is not None),
        )


class _Page(Protocol):
    @property
    def next_cursor(self) -> str | None: ...


PageT = TypeVar("PageT", bound=_Page)


async def _all(
    member: str, page: Callable[..., Awaitable[PageT]], declared: bool
) -> tuple[Wire, ...]:
    """All pages of a list."""
    if not declared:
        return ()
    found: list[Wire] = []
    cursor: str | None = None
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        try:
            latest = await page(cursor=cursor)
        except MCPError as error:
            # A server may declare resources, and have no templates.
            if error.code == -32601:
                return tuple(found)
            raise
        found += [_wire(item) for item in cast("list[BaseModel]", getattr(latest, member))]
        cursor = latest.next_cursor
        if cursor is None:
            return tuple(found)
        if cursor in seen:
            raise CannotCapture(f"its list of {member} comes back to the cursor {cursor[:40]!r}")
        seen.add(cursor)
        if len(found) > MOST_ITEMS:
            break
    raise CannotCapture(
        f"its list of {member} does not end: {len(found)} of them on {len(seen)} pages, and more to come"
    )


def _transport(reach: Reach, said: IO[str]) -> Any:
    if isinstance(reach, Url):
        return http_transport(HttpServer(url=reach.url, headers=reach.headers))
    return stdio_client(_parameters(reach), errlog=cast("Any", said))


def _parameters(command: Command) -> StdioServerParameters:
    program, *arguments = command.words
    return StdioServerParameters(
        command=program,
        args=arguments,
        env=dict(command.environment) or None,
        cwd=command.folder,
    )


def _wire(record: BaseModel) -> Wire:
    return record.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _innermost(error: BaseException) -> str:
    """The reason: task groups wrap it, and so does the SDK."""
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return f"it answered what MCP does not allow: {where}: {first['msg']}"
    if isinstance(error, FileNotFoundError):
        return f"there is no program {error.filename!r}"
    return str(error) or type(error).__name__


def _heard(said: IO[str]) -> str:
    # Not all of it: a server may have said a gigabyte.
    said.seek(max(0, said.seek(0, SEEK_END) - 4 * _LAST_LINES))
    last = said.read()[-_LAST_LINES:].strip()
    return f"\nIt said on stderr:\n{last}" if last else ""
