"""The day of a legacy project: what its lock file, its bounds and its words say of the releases that it ran with."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.migrate.carry import carry
from automcp.migrate.compare import Difference
from automcp.migrate.era import environments, older
from automcp.migrate.locked import locked
from automcp.migrate.overlay import module, surface
from automcp.migrate.survey import Project, survey

SERVER = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\nif __name__ == '__main__': mcp.run()\n"
UV = """
version = 1
[[package]]
name = "MCP"
version = "1.6.0"
source = { registry = "https://packages.example.com/simple" }
[[package]]
name = "shop"
version = "1"
source = { editable = "." }
[[package]]
name = "private"
version = "2"
source = { git = "https://example.com/private" }
[[package]]
name = "numpy"
version = "1.26"
[[package]]
name = "numpy"
version = "2.0"
"""
POETRY = '[[package]]\nname = "mcp"\nversion = "1.9.4"\n[[package]]\nname = "own"\nversion = "1"\n[package.source]\ntype = "directory"\n'
PIPENV = '{"default": {"mcp": {"version": "==1.2.0"}, "own": {"path": "."}}, "develop": {"pytest": {"version": "==8"}}}'


def _project(folder: Path, **files: str) -> Project:
    for name, text in {"server.py": SERVER, **files}.items():
        (folder / name).write_text(text, "utf-8")
    return survey(folder)


@pytest.mark.parametrize(
    ("name", "text", "versions"),
    [
        ("uv.lock", UV, {"mcp": "1.6.0"}),
        ("poetry.lock", POETRY, {"mcp": "1.9.4"}),
        ("pdm.lock", '[[package]]\nname = "mcp"\nversion = "1.3"\n', {"mcp": "1.3"}),
        ("Pipfile.lock", PIPENV, {"mcp": "1.2.0"}),
        ("uv.lock", "no lock", {}),
        ("uv.lock", "package = 1", {}),
        ("uv.lock", "package = [1, {name = 2, version = 3}]", {}),
        ("Pipfile.lock", "[]", {}),
        ("Pipfile.lock", '{"default": {"mcp": 1}}', {}),
        ("Pipfile.lock", "[" * 100_000, {}),
    ],
)
def test_a_lock_file_says_what_was_installed(
    name: str, text: str, versions: dict[str, str], tmp_path: Path
) -> None:
    assert locked(_project(tmp_path, **{name: text})) == versions


def test_what_is_locked_is_tried_first(tmp_path: Path) -> None:
    project = _project(tmp_path, **{"uv.lock": UV, "requirements.txt": "mcp>=1.2\n"})
    first, second = environments(project, ["mcp>=1.2"])
    assert first == ("mcp==1.6.0", "mcp<2", "fastmcp<4")
    assert second == ("mcp<2", "fastmcp<4")


def test_old_bounds_want_old_pydantic(tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert environments(project, ["mcp==1.3.0"]) == [("mcp<2", "fastmcp<4", "pydantic<2.12")]
    assert environments(project, ["mcp==1.12.0"]) == [("mcp<2", "fastmcp<4")]


def test_words_that_went_say_which_release_it_was(tmp_path: Path) -> None:
    text = "import fastmcp\nmcp = fastmcp.FastMCP('x', dependencies=['httpx'])\nif __name__ == '__main__': mcp.run()\n"
    project = _project(tmp_path, **{"server.py": text})
    assert "fastmcp<2.14" in environments(project, ["fastmcp"])[0]


def test_older_releases_are_tried_where_names_are_missing() -> None:
    assert older("TypeError: FastMCP.__init__() got an unexpected keyword argument 'x'") is not None
    assert older("KeyError: 'SHOP_KEY'") is None


def test_lock_files_do_not_outlive_what_they_lock(tmp_path: Path) -> None:
    carried = carry(_project(tmp_path, **{"uv.lock": UV, "Pipfile.lock": PIPENV}))
    assert carried.dropped == ("uv.lock", "Pipfile.lock")


def test_what_was_listed_is_said_as_a_module() -> None:
    hostile = "'''\\\"\n\x1b]0;x\x07__import__('os')\u2028\ud800"
    found = [
        Difference("tools", "a", "description", hostile, "b"),
        Difference("tools", "a", "outputSchema", None, {"type": "object"}),
        Difference("tools", hostile, "inputSchema", {"type": "object", "x": [1, True, None, 1.5, {}]}, {}),
        Difference("tools", "gone", "", {"name": "gone"}, None),
        Difference("tools", "a", "title", float("inf"), None),
        Difference("server", "", "name", "x", "y"),
        Difference("templates", "a://{b}", "mimeType", "text/x", None),
    ]  # fmt: skip
    laid = surface(found)
    text = module(laid)
    assert text.isprintable() or set(text) - set(filter(str.isprintable, text)) == {"\n"}
    names: dict[str, object] = {}
    exec(compile(text.encode(), "captured.py", "exec"), names)
    assert names["CAPTURED"] == laid
    assert laid == {
        "tools": {
            "a": {"description": hostile, "outputSchema": None},
            hostile: {"inputSchema": {"type": "object", "x": [1, True, None, 1.5, {}]}},
        },
        "templates": {"a://{b}": {"mimeType": "text/x"}},
    }
