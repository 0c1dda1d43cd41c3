"""Projects that are made for today's SDK are not migrated."""

from __future__ import annotations

from pathlib import Path

import pytest

from .projects import project, run

MODERN = """\
from mcp.server import MCPServer
server = MCPServer("shop")
@server.tool()
def price(tea: str) -> int:
    return 1
server.run()
"""
LEGACY = MODERN.replace("mcp.server import MCPServer", "mcp.server.fastmcp import FastMCP").replace(
    "MCPServer", "FastMCP"
)
LOCK = f"""\
format = 1
[targets.server]
generator = "0.2.0"
spec = "{"0" * 64}"
options = "{"0" * 64}"
[targets.server.files]
"""
STANDALONE = LEGACY.replace("mcp.server.fastmcp", "fastmcp")


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        (MODERN, {"requirements.txt": "mcp>=2.3,<3\n"}, "it is made for today's SDK (`mcp>=2.3,<3`)"),
        (STANDALONE, {"requirements.txt": "fastmcp~=4.1\n"}, "it is made for today's SDK (`fastmcp~=4.1`)"),
        (MODERN, {"automcp.lock": LOCK}, "it is compiled for today's SDK (`automcp.lock`)"),
    ],
)  # fmt: skip
def test_what_is_made_for_todays_sdk_is_refused(
    tmp_path: Path, text: str, files: dict[str, str], said: str
) -> None:
    source = project(tmp_path / "shop", {"server.py": text, **files})
    for words in (["--out", tmp_path / "out"], ["--check"]):
        done = run(source, *words)
        assert done.exit_code == 1
        assert done.stderr.startswith("error: there is nothing to migrate: ")
        assert said in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "required"),
    [
        (LEGACY, ""),
        (LEGACY, "mcp"),
        (LEGACY, "mcp>=1.2"),
        (LEGACY, "mcp==1.9.4"),
        (LEGACY, "mcp!=2.0"),
        # It does not run anywhere as it is.
        (LEGACY, "mcp>=2"),
        (STANDALONE, "fastmcp>=2.12"),
        (STANDALONE, "fastmcp>=3,<5"),
        (MODERN, "mcp>=1.2"),
        (LEGACY, "mcp @ https://example.com/mcp.zip"),
    ],
)
def test_whatever_may_be_legacy_is_migrated(tmp_path: Path, text: str, required: str) -> None:
    source = project(tmp_path / "shop", {"server.py": text, "requirements.txt": f"{required}\n"})
    assert run(source, "--check").exit_code == 0


def test_a_compiled_project_that_requires_a_legacy_sdk_is_migrated(tmp_path: Path) -> None:
    files = {"server.py": LEGACY, "automcp.lock": LOCK, "requirements.txt": "mcp<2\n"}
    assert run(project(tmp_path / "shop", files), "--check").exit_code == 0
