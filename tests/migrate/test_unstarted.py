"""Servers that cannot be started: what their sources say, and no more."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from automcp.cli.migrate import command
from automcp.migrate.entry import find_entry
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from automcp.migrate.survey import survey
from automcp.migrate.unstarted import by_sources
from click.testing import CliRunner

FIRST = '''\
import os
from mcp.server.fastmcp import FastMCP

KEY = os.environ["SHOP_KEY"]
mcp = FastMCP("shop")

@mcp.tool()
def price(tea: str, grams: int = 100) -> str:
    """What tea costs."""
    return tea

'''
LOOP = """\
for unit in ("gram", "ounce"):
    @mcp.tool(name=f"weigh_{unit}")
    def weigh(tea: str) -> str:
        return tea

"""
LAST = 'if __name__ == "__main__":\n    mcp.run()\n'


def _project(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "server.py").write_text(text, "utf-8")
    return folder


def test_a_server_that_is_not_started_is_read(tmp_path: Path) -> None:
    source = _project(tmp_path / "legacy", FIRST + LOOP + LAST)
    words = [str(source), "--out", str(tmp_path / "out"), "--keep", "--json"]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)["by_sources"]
    assert [one["name"] for one in said["tools"]] == ["price"]
    assert said["tools"][0]["inputSchema"]["properties"]["grams"] == {"default": 100, "title": "Grams", "type": "integer"}  # fmt: skip
    assert [(one["source"], one["line"]) for one in said["left"]] == [("server.py", 14)]
    page = (tmp_path / "out" / "MIGRATION.md").read_text("utf-8")
    assert "by its sources it lists 1 tool, and 1 place only known when it runs" in page
    assert "## Tools, by the sources\n\n* `price`" in page


def test_what_the_result_shows_is_held_against_the_sources(tmp_path: Path) -> None:
    source = _project(tmp_path / "legacy", FIRST + LAST)
    trial = Trial(install=False, python=Path(sys.executable), environment={"SHOP_KEY": "1"})
    _, proof = migrate(source, None, trial)
    assert proof.after is not None, proof.reasons
    assert proof.unstarted is not None
    assert list(proof.unstarted.tools) == ["price"]
    assert proof.unstarted.found == ()
    project = survey(source)
    changed = [{**one, "description": "Otherwise."} for one in proof.after.tools]
    found = by_sources(project, find_entry(project), replace(proof.after, tools=tuple(changed)))
    assert [str(one) for one in found.found] == ["tools price: `description` differs"]
    found = by_sources(project, find_entry(project), replace(proof.after, tools=()))
    assert [str(one) for one in found.found] == ["tools price: missing"]


def test_a_server_whose_sources_say_nothing_is_said_to(tmp_path: Path) -> None:
    source = _project(tmp_path / "legacy", FIRST.replace("@mcp.tool()", "@globals()['mcp'].tool()") + LAST)  # fmt: skip
    done = CliRunner().invoke(command, [str(source), "--check", "--keep"])
    assert done.exit_code == 0
    assert "its sources do not say which tools it lists" in done.stderr
