"""One call to one MCP server, over stdio or HTTP."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TextIO, cast

import anyio
from mcp import Client, MCPError
from mcp.types import CONNECTION_CLOSED, CallToolResult

from ..importers.server.connect import reason, transport
from ..importers.server.dial import Command, Reach
from ..runtime.shared.definitions import expanded
from .compiled import CompiledServer
from .streams import is_terminal


class CannotCall(Exception):
    """The server cannot be reached, or does not answer as MCP wants it."""


_SEARCHING = ("search_tools", "call_tool")
"""The tools of a server that lets others be searched for."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a server can be asked.

    Attributes:
        inputs: The input schema of each tool.
        wrapped: The tools whose answer comes as `{"result": answer}`; `None` if the server does not say.
        searched: Whether there are more tools, which `call_tool` calls by their names.
    """

    inputs: Mapping[str, Mapping[str, object]]
    wrapped: frozenset[str] | None = None
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A server that can be called.

    Attributes:
        offered: What it offers; `None` if it has to be asked.
    """

    reach: Reach
    offered: Offered | None = None


def compiled_door(server: CompiledServer) -> Door:
    """A compiled server, which need not be asked what it offers."""
    surface = expanded(json.loads(server.surface.read_bytes()))
    listed = [surface["tools"], surface.get("searching") or []]
    tools = [tool for each in listed for tool in cast("list[dict[str, object]]", each)]
    inputs = {
        str(tool["name"]): cast("dict[str, object]", tool.get("inputSchema", {})) for tool in tools
    }
    wrapped = cast("list[str]", surface.get("wrapped", []))
    reach = Command(tuple(server.command()), server.environment())
    return Door(reach, Offered(inputs, frozenset(wrapped)))


def call_tool(
    door: Door,
    tool: str,
    read: Callable[[Offered], dict[str, object]],
    timeout: float | None,
    log: TextIO,
) -> tuple[Offered, CallToolResult]:
    """Call a tool and wait; its progress shows on a terminal.

    Args:
        read: Gives the arguments by what the server offers. What it raises reaches the caller.
        log: Takes what a server that is started writes to its standard error output; a file of the system's.

    Raises:
        CannotCall: It cannot be called.
    """
    # The SDK warns of tools that are not listed, which those of a server are that lets them be searched for.
    logging.getLogger("client").setLevel(logging.ERROR)
    answers: list[tuple[Offered, CallToolResult]] = []
    wrong: list[Exception] = []

    async def call() -> None:
        reached = False
        try:
            async with Client(transport(door.reach, log)) as client:
                reached = True
                offered = door.offered or await _offered(client)
                try:
                    arguments = read(offered)
                except Exception as error:
                    # Not through the SDK's task groups, which would wrap it.
                    wrong.append(error)
                    return
                answer = await client.call_tool(tool, arguments, timeout, _show_progress)
                answers.append((offered, answer))
        except Exception as error:
            if not answers:
                raise _cannot(error, door.reach, reached=reached) from error

    try:
        anyio.run(call)
    finally:
        _end_progress()
    if wrong:
        raise wrong[0]
    return answers[0]


async def _offered(client: Client) -> Offered:
    page = await client.list_tools()
    tools = [*page.tools]
    while page.next_cursor is not None:
        page = await client.list_tools(cursor=page.next_cursor)
        tools += page.tools
    inputs = {tool.name: tool.input_schema for tool in tools}
    return Offered(inputs, searched=inputs.keys() == {*_SEARCHING})


def _cannot(error: Exception, reach: Reach, *, reached: bool) -> CannotCall:
    """The innermost reason: the SDK's task groups wrap it."""
    inner: BaseException = error
    while isinstance(inner, BaseExceptionGroup):
        inner = cast("BaseExceptionGroup[BaseException]", inner).exceptions[0]
    if reached and isinstance(inner, MCPError) and inner.code != CONNECTION_CLOSED:
        return CannotCall(f"the server did not answer: {inner}")
    why, help = reason(inner, reach)
    return CannotCall(f"the server did not answer: {why}" + (f"\n{help}" if help else ""))


async def _show_progress(progress: float, total: float | None, message: str | None) -> None:
    if is_terminal(sys.stderr):
        from ..text.render import visible

        share = f"{progress / total:4.0%}" if total else f"{progress:g}"
        sys.stderr.write(f"\r\x1b[K{share} {visible(message or '')[:70]}")
        sys.stderr.flush()


def _end_progress() -> None:
    if is_terminal(sys.stderr):
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
