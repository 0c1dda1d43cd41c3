"""Legacy servers on the SDKs that they were made for, and what they are migrated to, side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from .dialects import ROOT, python_with

pytestmark = pytest.mark.slow
ADAPTER = ROOT / "generator" / "automcp" / "runtime" / "legacy"

HIGH = '''\
import enum
from typing import Annotated, Literal
from pydantic import BaseModel, Field
from mcp.server.fastmcp import Context, FastMCP, Image
from mcp.server.fastmcp.prompts import base
from mcp.types import ToolAnnotations

mcp = FastMCP("shop", instructions="Sells tea.")

class Kind(enum.Enum):
    GREEN = "green"
    BLACK = "black"

class Tea(BaseModel):
    """A tea."""
    name: str
    kind: Kind = Kind.GREEN

def register(app: FastMCP) -> None:
    for unit in ("gram", "ounce"):
        def weigh(tea: Tea, amount: Annotated[float, Field(ge=0, description="How much")] = 1) -> dict:
            """Weigh tea."""
            return {}
        app.add_tool(weigh, name=f"weigh_{unit}", description=f"Weigh by the {unit}.")

register(mcp)

@mcp.tool(annotations=ToolAnnotations(title="Find", readOnlyHint=True))
async def find(ctx: Context, text: str, order: Literal["name", "price"] = "name", limit: int | None = None) -> list[Tea]:
    """Find teas.

    Args:
        text: What to look for
    """
    return []

@mcp.tool()
def picture(name: str) -> Image:
    """A picture."""
    raise ValueError(name)

@mcp.resource("tea://all", mime_type="application/json")
def everything() -> list[str]:
    """All teas."""
    return []

@mcp.resource("tea://{name}")
def one(name: str) -> str:
    """One tea."""
    return name

@mcp.prompt()
def recommend(mood: str, loud: bool = False) -> list[base.Message]:
    """Recommend a tea."""
    return [base.UserMessage(mood)]

if __name__ == "__main__":
    mcp.run()
'''
LOW = """\
import asyncio
import mcp.types as types
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.stdio import stdio_server
from pydantic import AnyUrl

app = Server("notes", version="2")

@app.list_tools()
async def tools() -> list[types.Tool]:
    return [types.Tool(name="add", description="Add.", inputSchema={"type": "object", "properties": {}},
                       annotations=types.ToolAnnotations(destructiveHint=False))]

@app.list_resources()
async def resources() -> list[types.Resource]:
    return [types.Resource(uri=AnyUrl("https://example.com"), name="home", mimeType="text/html")]

@app.list_prompts()
async def prompts() -> list[types.Prompt]:
    return [types.Prompt(name="p", arguments=[types.PromptArgument(name="a", required=True)])]

async def main() -> None:
    async with stdio_server() as (read, write):
        options = app.create_initialization_options(NotificationOptions(tools_changed=True))
        await app.run(read, write, options)

if __name__ == "__main__":
    asyncio.run(main())
"""
CONTENT = """\
from importlib.metadata import version
from mcp.server.fastmcp import FastMCP
from mcp.types import ImageContent, TextContent

# What the adapter cannot know: the server itself looks at the SDK.
OLD = version("mcp").startswith("1.")
mcp = FastMCP("content")

@mcp.tool(structured_output=OLD, description=f"On {version('mcp')}.")
def several(count: int) -> list[str]:
    return ["a"] * count

@mcp.tool(structured_output=not OLD, title="Old" if OLD else None)
def single() -> str:
    return "a"

@mcp.tool()
def content(count: int) -> list[TextContent]:
    return [TextContent(type="text", text="a")] * count

@mcp.tool()
def either() -> list[TextContent | ImageContent]:
    return [ImageContent(type="image", data="AA==", mimeType="image/png")]

@mcp.tool()
def plain(number: int) -> dict:
    return {"number": number}

if __name__ == "__main__":
    mcp.run()
"""
STANDALONE = '''\
from fastmcp import Context, FastMCP
from fastmcp.tools.tool import ToolResult

class Guarded(FastMCP):
    async def _list_tools_mcp(self):
        return [tool for tool in await super()._list_tools_mcp() if tool.name != "hidden" and tool.inputSchema]

mcp = Guarded("shop", dependencies=["httpx"], log_level="ERROR")

@mcp.tool(enabled=True)
def price(tea: str, grams: int = 100) -> str:
    """What tea costs.

    Args:
        tea: Which one
    """
    return tea

@mcp.tool
def hidden() -> str:
    """Hidden."""
    return ""

@mcp.tool(enabled=False)
def gone() -> str:
    return ""

if __name__ == "__main__":
    mcp.run()
'''


@pytest.mark.parametrize("text", [HIGH, LOW], ids=["high", "low"])
def test_what_a_server_of_mcp_1_shows_is_what_its_migration_shows(
    text: str, tmp_path: Path
) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source = tmp_path / "legacy"
    source.mkdir()
    (source / "server.py").write_text(text, "utf-8")
    trial = Trial(install=False, legacy_python=before, python=Path(sys.executable))
    _, proof = migrate(source, tmp_path / "out", trial)
    assert proof.before is not None, proof.reasons
    assert proof.after is not None, proof.reasons
    assert proof.found == ()


def test_what_the_adapter_cannot_derive_it_is_told_and_answers_by(tmp_path: Path) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(CONTENT, "utf-8")
    now = Path(sys.executable)
    told = migrate(source, out, Trial(install=False, legacy_python=before, python=now))[1]
    assert told.holds, told.found
    assert set(told.learnt) == {"legacy_mcp/before.py", "legacy_mcp/captured.py"}
    assert told.ran_with["mcp"].startswith("1.")
    calls: list[tuple[str, dict[str, Any]]] = [
        ("several", {"count": 2}),
        ("several", {"count": "x"}),
        ("single", {}),
        ("content", {"count": 2}),
        ("either", {}),
        ("plain", {"number": "1"}),
    ]
    answers = [anyio.run(_answers, python, folder, calls) for python, folder in ((before, source), (now, out))]  # fmt: skip
    assert answers[0] == answers[1]
    assert answers[0][0]["structuredContent"] == {"result": ["a", "a"]}
    assert answers[0][3]["structuredContent"]["result"][0]["text"] == "a"
    (out / "legacy_mcp" / "captured.py").write_text((ADAPTER / "captured.py").read_text())
    untold = migrate(source, tmp_path / "again", Trial(install=False, legacy_python=before, python=now))[1]  # fmt: skip
    assert untold.holds
    assert anyio.run(_answers, now, out, calls) != answers[0]


async def _answers(
    python: Path, folder: Path, calls: list[tuple[str, dict[str, Any]]]
) -> list[Any]:
    parameters = StdioServerParameters(command=str(python), args=["server.py"], cwd=str(folder))
    async with Client(stdio_client(parameters)) as client:
        results = [await client.call_tool(name, arguments) for name, arguments in calls]
    dumped = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in results]
    return [{key: value for key, value in one.items() if key != "_meta"} for one in dumped]


def test_a_server_of_fastmcp_2_lists_as_it_did(tmp_path: Path) -> None:
    now = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source = tmp_path / "legacy"
    source.mkdir()
    (source / "server.py").write_text(STANDALONE, "utf-8")
    _, proof = migrate(source, tmp_path / "out", Trial(install=False, python=now))
    assert proof.after is not None, proof.reasons
    assert [tool["name"] for tool in proof.after.tools] == ["price"]
    tool: dict[str, Any] = proof.after.tools[0]
    assert tool["description"] == "What tea costs.\n\nArgs:\n    tea: Which one"
    assert tool["inputSchema"] == {
        "type": "object",
        "properties": {"tea": {"type": "string"}, "grams": {"type": "integer", "default": 100}},
        "required": ["tea"],
    }
