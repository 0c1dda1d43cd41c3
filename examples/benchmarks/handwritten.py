"""The servers that people would write by hand: the same tools on four SDK interfaces, as packages with plain code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

MODULE = "handwritten_server"
"""What `python -m` starts, with `--http PORT` or without."""


def tool_names(count: int) -> list[str]:
    """What the tools are called, in every server of this benchmark."""
    return [f"work_do_{number:03}" for number in range(count)]


def answer_name(tool: str) -> str:
    """What the model of a tool's answer is called."""
    return f"{tool.title().replace('_', '')}Answer"


_ANSWER = """\


class {answer}(BaseModel):
    title: str
    count: int
    ratio: float
    urgent: bool
    tags: list[str]
"""

_TOOL = '''\


@server.tool()
async def {name}(title: str, count: int, ratio: float, urgent: bool, tags: list[str]) -> {answer}:
    """Do piece {name} of the work.

    Args:
        title: What it is called.
        count: How often.
        ratio: How much of it.
        urgent: Whether it is.
        tags: What it is about.
    """
    return {answer}(title=title, count=count + 1, ratio=ratio, urgent=urgent, tags=tags)
'''

_LOWLEVEL_HEAD = """\
import json
import sys

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from pydantic import BaseModel

TOOLS = {}
MODELS = {}
"""

_LOWLEVEL_TOOL = """\


class {answer}Arguments(BaseModel):
    title: str
    count: int
    ratio: float
    urgent: bool
    tags: list[str]


TOOLS["{name}"] = types.Tool(
    name="{name}",
    description="Do piece {name} of the work.",
    input_schema={answer}Arguments.model_json_schema(),
    output_schema={answer}.model_json_schema(),
)
MODELS["{name}"] = {answer}Arguments, {answer}
"""

_LOWLEVEL_SERVER = """\


async def list_tools(context, params):
    return types.ListToolsResult(tools=list(TOOLS.values()))


async def call_tool(context, params):
    arguments, answer = MODELS[params.name]
    given = arguments.model_validate(params.arguments or {})
    done = answer(**given.model_dump() | {"count": given.count + 1})
    structured = done.model_dump(mode="json")
    text = json.dumps(structured, indent=2)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=structured
    )


server = Server(
    "bench",
    version="1",
    on_list_tools=list_tools,
    on_call_tool=call_tool,
    get_tool_input_schema=lambda name: TOOLS[name].input_schema if name in TOOLS else None,
)


async def stdio():
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def http():
    import uvicorn

    app = server.streamable_http_app(json_response=True, stateless_http=True)
    uvicorn.run(app, port=int(sys.argv[2]))
"""

_RUN = """\
import sys

from .tools import *

if sys.argv[1:2] == ["--http"]:
    {http}
else:
    {stdio}
"""


def mcpserver(count: int) -> tuple[str, str]:
    """mcp 2's `MCPServer`: the module with the tools, and the one that runs it."""
    run = _RUN.format(
        http='server.run("streamable-http", port=int(sys.argv[2]), json_response=True, stateless_http=True)',
        stdio='server.run("stdio")',
    )
    made = 'MCPServer("bench", version="1")'
    return _decorated("from mcp.server import MCPServer", made, count), run


def fastmcp1(count: int) -> tuple[str, str]:
    """mcp 1's `FastMCP`."""
    made = 'FastMCP("bench", json_response=True, stateless_http=True)'
    run = _RUN.format(
        http='server.settings.port = int(sys.argv[2]); server.run("streamable-http")',
        stdio='server.run("stdio")',
    )
    return _decorated("from mcp.server.fastmcp import FastMCP", made, count), run


def fastmcp4(count: int) -> tuple[str, str]:
    """fastmcp 4's `FastMCP`."""
    run = _RUN.format(
        http='server.run("http", port=int(sys.argv[2]), json_response=True, stateless_http=True, show_banner=False)',
        stdio='server.run("stdio", show_banner=False)',
    )
    return _decorated("from fastmcp import FastMCP", 'FastMCP("bench", version="1")', count), run


def lowlevel(count: int) -> tuple[str, str]:
    """mcp 2's low-level `Server`: a model of the arguments and one of the answer for each tool, one function for all."""
    tools = (
        (_ANSWER + _LOWLEVEL_TOOL).format(name=name, answer=answer_name(name))
        for name in tool_names(count)
    )
    run = _RUN.format(http="http()", stdio="anyio.run(stdio)")
    return _LOWLEVEL_HEAD + "".join(tools) + _LOWLEVEL_SERVER, run


def write(folder: Path, maker: Callable[[int], tuple[str, str]], count: int) -> Path:
    """Write a server with so many tools as a package below `folder`; returns what goes on `PYTHONPATH`."""
    package = folder / f"{maker.__name__}-{count}"
    module = package / MODULE
    module.mkdir(parents=True, exist_ok=True)
    tools, run = maker(count)
    # The tools stand in a module that Python compiles once; `__main__` alone is compiled at every start.
    (module / "__init__.py").write_text("", "utf-8")
    (module / "tools.py").write_text(tools, "utf-8")
    (module / "__main__.py").write_text(run, "utf-8")
    return package


def _decorated(imported: str, made: str, count: int) -> str:
    head = f"import sys\n\n{imported}\nfrom pydantic import BaseModel\n\nserver = {made}\n"
    tools = (
        (_ANSWER + _TOOL).format(name=name, answer=answer_name(name)) for name in tool_names(count)
    )
    return head + "".join(tools)
