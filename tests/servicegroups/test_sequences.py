"""The three sequences of the design, each as one trace: the server is made, an operation is called, a context is used."""

# pyright: reportPrivateUsage=false, reportDeprecated=false
# Projects use these names, underscores and all.

from __future__ import annotations

from typing import Any, cast

import pytest
from automcp.runtime.legacy_groups import loading, server, tools
from automcp.runtime.legacy_groups.context import OperationContext
from automcp.runtime.legacy_groups.group import ServiceGroup
from automcp.runtime.legacy_groups.operation import operation
from automcp.runtime.legacy_groups.server import AutoMCPServer, GroupServer
from automcp.runtime.legacy_groups.types import GroupConfig
from mcp import Client
from mcp.server.mcpserver import Context
from pydantic import BaseModel

from .test_server import ERAS

pytestmark = pytest.mark.anyio

TRACE: list[str] = []


class Question(BaseModel):
    about: str

    def model_post_init(self, context: Any) -> None:
        TRACE.append("the schema reads the arguments")


class Asked(ServiceGroup):
    def __init__(self) -> None:
        TRACE.append("the group is made")

    @operation(schema=Question)
    async def answer(self, question: Question, ctx: Context) -> str:
        TRACE.append("the operation runs")
        await ctx.info(f"asked about {question.about}")
        TRACE.append("the operation goes on after its message")
        await ctx.report_progress(1, 2)
        TRACE.append("the operation goes on after its progress")
        content, _ = await ctx.read_resource("facts://one")
        TRACE.append(f"the operation has read {cast('str', content)!r}")
        return "answered"


CONFIG = GroupConfig(name="asked", class_path=f"{__name__}:Asked")


@pytest.fixture(autouse=True)
def traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write down when each party of the diagrams does its part."""
    TRACE.clear()

    def before(owner: Any, name: str, said: str) -> None:
        plain = getattr(owner, name)

        def noted(*args: Any, **words: Any) -> Any:
            TRACE.append(said)
            return plain(*args, **words)

        monkeypatch.setattr(owner, name, noted)

    before(GroupServer, "__init__", "the MCP server is created")
    before(server, "load_group", "groups are loaded")
    before(loading, "load_class", "the class is imported")
    before(AutoMCPServer, "_register_tool", "an operation is registered")
    before(tools.OperationTool, "__init__", "the operation is wrapped")
    before(GroupServer, "add_operation", "the tool is added")
    before(GroupServer, "call_tool", "the MCP server is called")
    before(tools.OperationTool, "call", "the wrapper is invoked")
    before(OperationContext, "__init__", "a context is made for it")
    before(tools, "answer", "the wrapper makes content of the result")


MADE = [
    "the MCP server is created",
    "groups are loaded",
    "the class is imported",
    "the group is made",
    "an operation is registered",
    "the operation is wrapped",
    "the tool is added",
]
CALLED = [
    "the client calls",
    "the MCP server is called",
    "the wrapper is invoked",
    "a context is made for it",
    "the schema reads the arguments",
    "the operation runs",
    "the operation goes on after its message",
    "the operation goes on after its progress",
    "the resource is read",
    "the operation has read 'a fact'",
    "the wrapper makes content of the result",
    "the client has its answer: answered",
]


@pytest.mark.parametrize("era", ERAS)
async def test_events_come_in_the_order_of_the_diagrams(era: str) -> None:
    made = AutoMCPServer("traced", CONFIG)
    assert TRACE == MADE
    TRACE.clear()
    heard: list[str] = []

    @made.fastmcp.resource("facts://one")
    def fact() -> str:
        TRACE.append("the resource is read")
        return "a fact"

    async def log(params: Any) -> None:
        heard.append(f"the client hears {params.data!r}")

    async def step(progress: float, total: float | None, message: str | None) -> None:
        heard.append(f"the client sees {int(progress)} of {int(total or 0)}")

    async with Client(
        made.fastmcp,
        mode=cast("Any", era),
        logging_callback=log,
        log_level="info" if era == "auto" else None,
    ) as client:
        TRACE.append("the client calls")
        result = await client.call_tool("asked.answer", {"about": "tea"}, progress_callback=step)
        # What was said on the way is there before the answer.
        assert heard == ["the client hears 'asked about tea'", "the client sees 1 of 2"]
        TRACE.append(f"the client has its answer: {getattr(result.content[0], 'text', '')}")
    assert TRACE == CALLED
