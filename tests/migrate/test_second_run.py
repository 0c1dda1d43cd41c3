"""What was migrated stays as it is: by a second run, and by a check."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from automcp.migrate.project import check, migrate
from automcp.migrate.prove import Trial

from .projects import project, run, snapshot
from .test_migrating import FAST, LOW, MAIN

TRIAL = Trial(install=False)
PACKAGED = {
    "pyproject.toml": '[project]\nname = "notes"\nversion = "1"\nrequires-python = ">=3.8"\ndependencies = ["mcp<2", "httpx"]\n'
    '[project.scripts]\nother = "os:getcwd"\nnotes = "notes:main"\n',
    "uv.lock": "version = 1\n",
    "requirements.txt": "mcp==1.9\r\n# why\r\nhttpx",
    "src/notes/__init__.py": "from .server import main\n",
    "src/notes/server.py": LOW,
}
POETRY = {
    "pyproject.toml": '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.10"\nmcp = "^1.6"\n',
    "server.py": FAST + MAIN,
}
SERVED = {"src/app/server.py": FAST + MAIN.replace("stdio", "sse")}


@pytest.mark.parametrize(
    "files", [{"server.py": FAST + MAIN}, PACKAGED, POETRY, SERVED], ids=["script", "package", "poetry", "served"]
)  # fmt: skip
def test_migrating_what_was_migrated_changes_nothing(files: dict[str, str], tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", files)
    migrate(source, tmp_path / "once", TRIAL)
    done = run(tmp_path / "once", "--out", tmp_path / "twice")
    assert done.exit_code == 0, done.output
    assert "it is migrated already: nothing changes" in done.stderr
    assert snapshot(tmp_path / "twice") == snapshot(tmp_path / "once")


def test_new_legacy_code_in_a_migrated_project_is_led_to_the_adapter_that_is_there(
    tmp_path: Path,
) -> None:
    source = project(tmp_path / "legacy", PACKAGED)
    migrate(source, tmp_path / "once", TRIAL)
    project(tmp_path / "once", {"src/notes/more.py": "from mcp.types import Tool\n"})
    (tmp_path / "once/src/notes/legacy_mcp/__init__.py").write_text("# mine\n")
    carried, _ = migrate(tmp_path / "once", tmp_path / "twice", TRIAL)
    assert carried.rewritten == ("src/notes/more.py",)
    assert (tmp_path / "twice/src/notes/more.py").read_text() == "from notes.legacy_mcp.types import Tool\n"  # fmt: skip
    assert (tmp_path / "twice/src/notes/legacy_mcp/__init__.py").read_text() == "# mine\n"


def test_the_same_run_again_changes_nothing(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", PACKAGED)
    assert run(source, "--out", tmp_path / "out").exit_code == 0
    before = snapshot(tmp_path)
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "is what would be written: nothing changes" in done.stderr
    assert "wrote" not in done.stderr
    assert json.loads(run(source, "--out", tmp_path / "out", "--json").stdout)["written"] is None
    assert snapshot(tmp_path) == before


def test_a_result_that_was_changed_is_never_overwritten(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", PACKAGED)
    migrate(source, tmp_path / "out", TRIAL)
    project(tmp_path / "out", {"src/notes/server.py": "mine\n", "new.txt": "mine\n"})
    before = snapshot(tmp_path / "out")
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "is not empty, and not what would be written: new.txt, src/notes/server.py differ" in done.stderr  # fmt: skip
    assert snapshot(tmp_path / "out") == before


def test_a_check_says_what_differs(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", PACKAGED)
    out = tmp_path / "out"
    migrate(source, out, TRIAL)
    project(out, {"uv.lock": "new", ".venv/x": "1", "src/notes.egg-info/PKG-INFO": "1", "MIGRATION.md": "read"})  # fmt: skip
    done = run(source, "--check", "--out", out)
    assert done.exit_code == 0, done.stderr
    assert f"{out} is what would be written: nothing changes" in done.stderr
    (source / "src/notes/server.py").write_text(LOW + "# more\n")
    (out / "src/notes/__init__.py").unlink()
    before = snapshot(tmp_path)
    done = run(source, "--check", "--out", out)
    assert done.exit_code == 1
    assert "is not what would be written; 2 files differ:\n  src/notes/__init__.py\n  src/notes/server.py" in done.stderr  # fmt: skip
    said = json.loads(run(source, "--check", "--out", out, "--json").stdout)
    assert said["differing"] == ["src/notes/__init__.py", "src/notes/server.py"]
    assert snapshot(tmp_path) == before
    done = run(source, "--check", "--out", tmp_path / "nowhere")
    assert (done.exit_code, done.stderr) == (1, f"error: `{tmp_path / 'nowhere'}` is not there\n")


def test_a_check_that_was_to_prove_fails_where_nothing_was_proven(tmp_path: Path) -> None:
    source = project(tmp_path / "shop", {"server.py": "import no_such_library\n" + FAST + MAIN})
    words = ["--python", sys.executable, "--new-python", sys.executable]
    done = run(source, "--check", *words)
    assert done.exit_code == 1
    assert "not proven" in done.stderr
    assert run(source, "--check").exit_code == 0


def test_what_an_earlier_proof_learnt_stays(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", PACKAGED)
    migrate(source, tmp_path / "out", TRIAL)
    project(tmp_path / "out", {"src/notes/legacy_mcp/captured.py": "CAPTURED = {}\n"})
    assert check(source, tmp_path / "out", TRIAL)[2] == ()


ALONE = """\
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import TextContent, Tool

server = Server("shop")

@server.list_tools()
async def list_tools() -> list[Tool]:
    return [Tool(name="price", description="What tea costs", inputSchema={"type": "object", "properties": {}})]

@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[TextContent]:
    if name == "price":
        return [TextContent(type="text", text="3")]
    raise ValueError(f"Unknown tool: {name}")

async def main():
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())

if __name__ == "__main__":
    import asyncio
    asyncio.run(main())
"""


def test_a_server_that_needs_no_adapter_stays_as_it_is(tmp_path: Path) -> None:
    source = project(tmp_path / "shop", {"server.py": ALONE, "requirements.txt": "mcp==1.12\n"})
    once, twice = tmp_path / "once", tmp_path / "twice"
    assert run(source, "--out", once).exit_code == 0
    assert "adapter" not in (once / "server.py").read_text()
    assert not (once / "legacy_mcp").exists()
    done = run(once, "--out", twice)
    assert done.exit_code == 0, done.output
    assert "it is migrated already: nothing changes" in done.stderr
    assert snapshot(twice) == snapshot(once)


def test_new_legacy_code_beside_a_server_that_needs_no_adapter_is_led_to_one(
    tmp_path: Path,
) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    migrate(project(tmp_path / "shop", {"server.py": ALONE}), once, TRIAL, modern=True)
    project(once, {"more.py": FAST})
    migrate(once, twice, TRIAL, modern=True)
    assert "from legacy_mcp.fastmcp import" in (twice / "more.py").read_text()
    assert (twice / "server.py").read_bytes() == (once / "server.py").read_bytes()
    assert (twice / "legacy_mcp" / "fastmcp" / "__init__.py").is_file()
