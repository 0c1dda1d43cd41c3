"""Asks a running server what it offers, and believes it as little as possible."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any, Protocol, TypeAlias

import anyio
from mcp import Client, MCPError
from mcp.types import CONNECTION_CLOSED, METHOD_NOT_FOUND
from pydantic import BaseModel

from ...text.report import Diagnostic, Level, quoted
from .connect import reason, transport
from .dial import Reach
from .listed import sound
from .overheard import Heard, overheard

Wire: TypeAlias = "dict[str, Any]"

MOST_PAGES = 1_000
MOST_ITEMS = 20_000
_LAST_LINES = 2_000
"""So many characters of what a server said on stderr are shown when it failed."""
_SLOW = "see that it is an MCP server, and that what it needs is there; `--timeout` gives it longer"
_NO_END = "that is the server's fault: tell who wrote it"


class CannotCapture(Exception):
    """The server cannot be started or reached, or does not answer as MCP wants it; the message says how.

    Attributes:
        help: What can be done.
        reached: Whether it answered at all.
    """

    def __init__(self, message: str, help: str | None = None, *, reached: bool = True) -> None:
        super().__init__(message)
        self.help = help
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Captured:
    """What a server says of itself and of what it offers, as it stands on the wire.

    Attributes:
        server: `serverInfo`; empty if it does not say who it is.
        capabilities: What it declares.
        losses: What of its lists MCP does not allow, and is not here.
    """

    server: Wire
    instructions: str | None
    capabilities: Wire
    tools: tuple[Wire, ...]
    resources: tuple[Wire, ...]
    templates: tuple[Wire, ...]
    prompts: tuple[Wire, ...]
    losses: tuple[Diagnostic, ...] = ()


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
            message = f"{error}{garbled}{_heard(said)}"
            raise CannotCapture(message, error.help, reached=error.reached) from None


class _Garbled(logging.Handler):
    """Counts what the SDK could not read, which it would log line by line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self._count += 1

    def __str__(self) -> str:
        return f"\nmessages of it that could not be read: {self._count}" if self._count else ""


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
    reached = [False]
    try:
        with anyio.fail_after(seconds):
            return await _capture(reach, said, step, reached, mode)
    except TimeoutError:
        raise CannotCapture(
            f"{step[0]} within {seconds:g} seconds", _SLOW, reached=reached[0]
        ) from None
    except CannotCapture:
        raise
    except Exception as error:
        message, help = reason(error, reach)
        raise CannotCapture(message, help, reached=reached[0]) from error


async def _capture(
    reach: Reach, said: IO[str], step: list[str], reached: list[bool], mode: str
) -> Captured:
    heard = Heard()
    async with Client(overheard(transport(reach, said), heard), mode=mode) as client:
        reached[0] = True
        step[0] = "it did not list what it offers"
        has = client.server_capabilities
        none = has.tools is None and has.prompts is None and has.resources is None
        losses: list[Diagnostic] = []
        # A server that declares nothing at all may still have tools: many an old one has.
        listed = {
            "tools": (client.list_tools, has.tools is not None or none),
            "resources": (client.list_resources, has.resources is not None),
            "resourceTemplates": (client.list_resource_templates, has.resources is not None),
            "prompts": (client.list_prompts, has.prompts is not None),
        }
        found: dict[str, tuple[Wire, ...]] = {}
        for member, (page, declared) in listed.items():
            if declared:
                await _all(member, page, heard, losses)
            found[member] = sound(member, heard.items.get(member, ()), losses)
        return Captured(
            server=_wire(client.server_info) if client.server_info else {},
            instructions=client.instructions,
            capabilities=_wire(has),
            tools=found["tools"],
            resources=found["resources"],
            templates=found["resourceTemplates"],
            prompts=found["prompts"],
            losses=tuple(losses),
        )


class _Page(Protocol):
    @property
    def next_cursor(self) -> str | None: ...


async def _all(
    member: str,
    page: Callable[..., Awaitable[_Page]],
    heard: Heard,
    losses: list[Diagnostic],
) -> None:
    """Ask for all pages of a list, which are heard."""
    cursor: str | None = None
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        try:
            cursor = (await page(cursor=cursor)).next_cursor
        except MCPError as error:
            if error.code == CONNECTION_CLOSED:
                raise CannotCapture(
                    f"it ended when it was asked for its {_named(member)}"
                ) from None
            # A server may declare resources, and have no templates.
            if error.code != METHOD_NOT_FOUND and member == "tools":
                raise
            if error.code != METHOD_NOT_FOUND:
                message = f"the server does not list its {_named(member)}: {error}"
                losses.append(Diagnostic("AM659", message, level=Level.NOTE))
            return
        if member in heard.odd:
            message = (
                f"the {_named(member)} behind the first ones are left out: the cursor is no text"
            )
            losses.append(Diagnostic("AM659", message, level=Level.NOTE))
        if cursor is None:
            return
        if cursor in seen:
            raise CannotCapture(
                f"its list of {_named(member)} comes back to the cursor {quoted(cursor)}", _NO_END
            )
        seen.add(cursor)
        if len(heard.items[member]) > MOST_ITEMS:
            break
    raise CannotCapture(
        f"its list of {_named(member)} does not end: {len(heard.items[member])} of them on "
        f"{len(seen)} pages, and more to come",
        _NO_END,
    )


def _named(member: str) -> str:
    return "resource templates" if member == "resourceTemplates" else member


def _wire(record: BaseModel) -> Wire:
    return record.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _heard(said: IO[str]) -> str:
    # Not all of it: a server may have said a gigabyte.
    said.seek(max(0, said.seek(0, SEEK_END) - 4 * _LAST_LINES))
    last = said.read()[-_LAST_LINES:].strip()
    return f"\nIt said on stderr:\n{last}" if last else ""
