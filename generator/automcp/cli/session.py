"""One call to one MCP server, over stdio or HTTP."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, Tool

from ..runtime.shared.definitions import expanded
from .compiled import CompiledServer, find_server
from .streams import is_terminal


class CannotCall(Exception):
    """The server cannot be reached, or does not answer as MCP wants it."""


_SEARCHING = ("search_tools", "call_tool")
"""The tools of a server that lets others be searched for."""


@dataclass(frozen=True, slots=True)
class Door:
    """A server that can be called.

    Attributes:
        target: How to reach it.
        inputs: The input schema of each tool.
        wrapped: The tools whose answer comes as `{"result": answer}`; `None` if the server does not say.
        searched: Whether there are more tools, which `call_tool` calls by their names.
    """

    target: StdioServerParameters | str
    inputs: Mapping[str, Mapping[str, object]]
    wrapped: frozenset[str] | None = None
    searched: bool = False


def open_door(path: Path, url: str | None, python: Path | None = None) -> Door:
    """The server at `url`, or the compiled one of the project at `path`.

    Raises:
        CannotCall: The server at `url` does not list its tools.
        Rejected: `AM528` if there is no compiled server that can be started from here.
    """
    if url is not None:
        tools = anyio.run(_list_tools, url)
        inputs = {tool.name: tool.input_schema for tool in tools}
        return Door(url, inputs, searched=inputs.keys() == {*_SEARCHING})
    return _local(find_server(path, python))


def call_tool(
    door: Door, tool: str, arguments: dict[str, object], timeout: float | None, log: TextIO
) -> CallToolResult:
    """Call a tool and wait; its progress shows on a terminal.

    Args:
        log: Takes what a server that is started writes to its standard error output; a file of the system's.

    Raises:
        CannotCall: It cannot be called.
    """

    # The SDK warns of tools that are not listed, which those of a server are that lets them be searched for.
    logging.getLogger("client").setLevel(logging.ERROR)

    async def call() -> CallToolResult:
        at = door.target
        try:
            async with Client(at if isinstance(at, str) else stdio_client(at, log)) as client:
                return await client.call_tool(tool, arguments, timeout, _show_progress)
        except Exception as error:
            raise _cannot(error) from error

    try:
        return anyio.run(call)
    finally:
        _end_progress()


def _local(server: CompiledServer) -> Door:
    surface = expanded(json.loads(server.surface.read_bytes()))
    listed = [surface["tools"], surface.get("searching") or []]
    tools = [tool for each in listed for tool in cast("list[dict[str, object]]", each)]
    inputs = {
        str(tool["name"]): cast("dict[str, object]", tool.get("inputSchema", {})) for tool in tools
    }
    python, *arguments = server.command()
    target = StdioServerParameters(command=python, args=arguments, env=server.environment())
    wrapped = cast("list[str]", surface.get("wrapped", []))
    return Door(target, inputs, frozenset(wrapped))


async def _list_tools(url: str) -> list[Tool]:
    tools: list[Tool] = []
    try:
        async with Client(url) as client:
            page = await client.list_tools()
            tools += page.tools
            while page.next_cursor is not None:
                page = await client.list_tools(cursor=page.next_cursor)
                tools += page.tools
    except Exception as error:
        raise _cannot(error) from error
    return tools


def _cannot(error: Exception) -> CannotCall:
    """The innermost reason: the SDK's task groups wrap it."""
    inner: BaseException = error
    while isinstance(inner, BaseExceptionGroup):
        inner = cast("BaseExceptionGroup[BaseException]", inner).exceptions[0]
    return CannotCall(f"the server did not answer: {str(inner) or type(inner).__name__}")


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
