"""Whole projects, from the folder of before to a server that answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from automcp.cli.migrate import command
from automcp.migrate.carry import carry
from automcp.migrate.entry import NoServer
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from automcp.migrate.survey import survey
from click.testing import CliRunner

from .projects import project

FAST = '''\
from typing import Any
from mcp.server.fastmcp import FastMCP, Context
from mcp.types import ToolAnnotations

mcp = FastMCP("shop", instructions="Sells tea.", host="0.0.0.0", dependencies=["httpx"])

@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
def price(tea: str, ctx: Context, grams: int = 100) -> str:
    """What tea costs."""
    raise ValueError("no such tea: " + tea)

@mcp.resource("tea://{name}")
def tea(name: str) -> str:
    """A tea."""
    return name

@mcp.prompt()
def recommend(mood: str) -> str:
    """A tea for a mood."""
    return mood
'''
MAIN = '\nif __name__ == "__main__":\n    mcp.run(transport="stdio")\n'
LOW = """\
import asyncio
import mcp.types as types
import mcp.server.stdio
from mcp.server import NotificationOptions, Server
from mcp.server.models import InitializationOptions

server = Server("notes")

@server.list_tools()
async def list_tools() -> list[types.Tool]:
    schema = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    return [types.Tool(name="add", description="Add.", inputSchema=schema)]

@server.call_tool()
async def call_tool(name, arguments):
    assert server.request_context.session is not None
    return [types.TextContent(type="text", text=arguments["text"])]

@server.list_resources()
async def resources():
    return [types.Resource(uri=types.AnyUrl("memo://all"), name="all")]

async def serve():
    async with mcp.server.stdio.stdio_server() as (read, write):
        await server.run(read, write, InitializationOptions(
            server_name="notes", server_version="1",
            capabilities=server.get_capabilities(NotificationOptions(), {})))

def main():
    asyncio.run(serve())
"""
TRIAL = Trial(install=False, python=Path(sys.executable))


def test_a_script_becomes_a_project_that_starts(tmp_path: Path) -> None:
    source = project(
        tmp_path / "shop", {"server.py": FAST + MAIN, "requirements.txt": "mcp==1.9\n"}
    )
    carried, proof = migrate(source, tmp_path / "out", TRIAL)
    assert carried.script == ("shop", "start_server:main")
    shown = proof.after
    assert shown is not None, proof.reasons
    assert shown.server["name"] == "shop"
    assert shown.instructions == "Sells tea."
    assert [tool["name"] for tool in shown.tools] == ["price"]
    assert shown.tools[0]["inputSchema"]["properties"].keys() == {"tea", "grams"}
    assert shown.tools[0]["annotations"] == {"readOnlyHint": True}
    assert [one["uriTemplate"] for one in shown.templates] == ["tea://{name}"]
    assert shown.prompts[0]["arguments"][0]["name"] == "mood"
    assert (tmp_path / "out" / "MIGRATION.md").is_file()


def test_the_adapter_lies_in_the_package_of_the_server(tmp_path: Path) -> None:
    manifest = '[project]\nname = "notes"\ndependencies = ["mcp<2"]\n[project.scripts]\nnotes = "notes:main"\n'
    source = project(
        tmp_path / "legacy",
        {
            "pyproject.toml": manifest,
            "uv.lock": "old",
            "src/notes/__init__.py": "from .server import main\n",
            "src/notes/server.py": LOW,
        },
    )
    carried, proof = migrate(source, tmp_path / "out", TRIAL)
    assert proof.after is not None, proof.reasons
    assert proof.after.resources[0]["uri"] == "memo://all"
    assert (tmp_path / "out/src/notes/legacy_mcp/lowlevel.py").is_file()
    assert not (tmp_path / "out/uv.lock").exists()
    assert carried.rewritten == ("src/notes/server.py",)
    assert "import mcp.server.stdio\n" in carried.files["src/notes/server.py"]


def test_a_script_beside_others_finds_them(tmp_path: Path) -> None:
    source = project(
        tmp_path / "legacy",
        {
            "src/app/server.py": "from tools import mcp\n" + MAIN,
            "src/app/tools.py": FAST,
        },
    )
    _, proof = migrate(source, tmp_path / "out", TRIAL)
    assert proof.after is not None, proof.reasons
    assert [tool["name"] for tool in proof.after.tools] == ["price"]


def test_the_script_that_serves_comes_first(tmp_path: Path) -> None:
    scripts = 'shop-admin = "shop.admin:main"\nshop = "shop.server:main"\n'
    source = project(
        tmp_path / "legacy",
        {
            "pyproject.toml": f'[project]\nname = "shop"\n[project.scripts]\n{scripts}',
            "shop/__init__.py": "",
            "shop/admin.py": "from .server import mcp\ndef main(): print(mcp)\n",
            "shop/server.py": FAST + "\ndef main():\n    mcp.run()\n",
        },
    )
    carried = carry(survey(source))
    assert carried.script == ("shop", "shop.server:main")


def test_what_is_no_legacy_server_is_refused(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"main.py": 'if __name__ == "__main__":\n    print(1)\n'})
    with pytest.raises(NoServer):
        migrate(source, tmp_path / "out", TRIAL)
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_where_something_is(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": FAST + MAIN})
    out = project(tmp_path / "out", {"mine.txt": "mine"})
    done = CliRunner().invoke(command, [str(source), "--out", str(out)])
    assert done.exit_code == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_a_result_inside_the_source_is_refused(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": FAST + MAIN})
    done = CliRunner().invoke(command, [str(source), "--out", str(source / "out")])
    assert done.exit_code == 1
    assert "lies inside" in done.stderr
    assert [path.name for path in source.iterdir()] == ["server.py"]


def test_check_writes_nothing_and_says_it_as_json(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": FAST + MAIN})
    words = [str(source), "--check", "--json", "--new-python", sys.executable]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["result_started"], told["tools"], told["proven"]) == (True, 1, False)
    assert told["written"] is None
    assert [path.name for path in tmp_path.iterdir()] == ["legacy"]


def test_a_result_that_does_not_start_is_said(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": "import no_such_library\n" + FAST + MAIN})
    _, proof = migrate(source, None, TRIAL)
    assert proof.after is None
    assert any("no_such_library" in reason for reason in proof.reasons)


def test_links_are_not_followed(tmp_path: Path) -> None:
    project(tmp_path / "secret", {"key.txt": "key"})
    source = project(tmp_path / "legacy", {"server.py": FAST + MAIN})
    (source / "data").symlink_to(tmp_path / "secret")
    migrate(source, tmp_path / "out", Trial(install=False))
    assert not (tmp_path / "out" / "data").exists()


def test_a_command_speaks_to_its_stdin_even_where_the_script_serves_http(tmp_path: Path) -> None:
    served = MAIN.replace("stdio", "streamable-http")
    source = project(tmp_path / "shop", {"server.py": FAST + served})
    carried, proof = migrate(source, tmp_path / "out", TRIAL)
    assert "LEGACY_MCP_TRANSPORT" in carried.files["start_server.py"]
    assert proof.after is not None, proof.reasons
    assert [tool["name"] for tool in proof.after.tools] == ["price"]


def test_the_release_of_before_is_told_to_the_adapter(tmp_path: Path) -> None:
    source = project(
        tmp_path / "shop", {"server.py": FAST + MAIN, "requirements.txt": "mcp==1.3.0\n"}
    )
    carried = carry(survey(source))
    assert "MCP: tuple[int, ...] = (1, 3)" in carried.files["legacy_mcp/before.py"]
