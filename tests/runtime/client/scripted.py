"""Servers that follow a script, and time that passes only when a test lets it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import anyio
from automcp.runtime.shared.surface import Surface
from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    InputRequiredResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
)

Arguments: TypeAlias = dict[str, Any]
Answer: TypeAlias = CallToolResult | InputRequiredResult
Step: TypeAlias = Answer | Exception | Callable[[Arguments], Awaitable[CallToolResult]]

ANYTHING: dict[str, Any] = {"type": "object"}


@dataclass
class Time:
    """A clock that stands still unless someone sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list[float])

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Script:
    """What a server answers, call by call; the last step is repeated."""

    steps: list[Step]
    calls: list[tuple[str, Arguments]] = field(default_factory=list[tuple[str, Arguments]])
    received: list[CallToolRequestParams] = field(default_factory=list[CallToolRequestParams])
    listed: int = 0

    async def answer(self, params: CallToolRequestParams) -> Answer:
        arguments = params.arguments or {}
        self.calls.append((params.name, arguments))
        self.received.append(params)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, Answer) else await step(arguments)


def tool(
    name: str,
    arguments: Arguments | None = None,
    returns: Arguments | None = None,
    annotations: Arguments | None = None,
) -> dict[str, Any]:
    """A tool as it is on the wire."""
    wire: dict[str, Any] = {"name": name, "inputSchema": arguments or ANYTHING}
    if returns is not None:
        wire["outputSchema"] = returns
    if annotations is not None:
        wire["annotations"] = annotations
    return wire


def served(script: Script, tools: Iterable[dict[str, Any]]) -> Server[Any]:
    """A server that lists the tools and follows the script."""
    listed = [Tool.model_validate(each) for each in tools]

    async def on_list(
        context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        script.listed += 1
        return ListToolsResult(tools=listed)

    async def on_call(context: ServerRequestContext[Any], params: CallToolRequestParams) -> Answer:
        return await script.answer(params)

    return Server("scripted", on_list_tools=on_list, on_call_tool=on_call)


def compiled(tools: Iterable[dict[str, Any]], **more: Any) -> Surface:
    """The surface of a client compiled against the tools."""
    return Surface({"server": {"name": "scripted", "version": "1"}, "tools": list(tools), **more})


def text(words: str) -> CallToolResult:
    """A successful answer in words only."""
    return CallToolResult(content=[TextContent(text=words)])


def data(structured: Arguments) -> CallToolResult:
    """A successful structured answer."""
    return CallToolResult(content=[], structured_content=structured)


def failure(name: str, message: str = "no", **more: Any) -> CallToolResult:
    """An error result as our servers send it."""
    return CallToolResult(
        content=[TextContent(text=f"{name}: {message}")],
        structured_content={"error": {"name": name, "message": message, **more}},
        is_error=True,
    )


def closed() -> MCPError:
    """What a call ends in when the connection breaks under it."""
    return MCPError(code=-32000, message="Connection closed")


async def hangs(arguments: Arguments) -> CallToolResult:
    await anyio.sleep(60)
    raise AssertionError("nobody waits so long")
