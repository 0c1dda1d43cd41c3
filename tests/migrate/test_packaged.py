"""A command that a project did not have can be installed: the build takes along what it runs by."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.carry import carry
from automcp.migrate.survey import survey

from .projects import project

SERVER = """\
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("a")
@mcp.tool()
def one() -> str:
    return ""
if __name__ == "__main__":
    print("starts")
    mcp.run()
"""
REQUIRED = "mcp<2\n"


def built(folder: Path, files: dict[str, str | bytes], *, modern: bool = False) -> dict[str, Any]:
    """The `pyproject.toml` of a project that had none."""
    made = carry(
        survey(project(folder / "tea", {**files, "requirements.txt": REQUIRED})), modern=modern
    )
    return tomllib.loads(made.files["pyproject.toml"])


def test_all_in_the_root_is_taken_along(tmp_path: Path) -> None:
    said = built(tmp_path, {"app/server.py": SERVER, "app/names.py": "A = 1\n", "b.py": "B = 1\n"})
    assert said["project"]["scripts"] == {"tea": "start_server:main"}
    assert said["build-system"]["build-backend"] == "setuptools.build_meta"
    setuptools = said["tool"]["setuptools"]
    assert setuptools["py-modules"] == ["b", "start_server"]
    assert setuptools["packages"] == {"find": {"include": ["app", "app.*"]}}


def test_data_of_what_is_compiled_is_named_by_where_it_lies(tmp_path: Path) -> None:
    setuptools = built(tmp_path, {"src/server.py": SERVER}, modern=True)["tool"]["setuptools"]
    assert setuptools["packages"] == {"find": {"include": ["src", "src.*"]}}
    assert setuptools["package-data"] == {"src.tea_server": ["surface.json"]}


def test_packages_in_src_are_found_there(tmp_path: Path) -> None:
    main = SERVER.replace('    print("starts")\n    mcp.run()', "    main()")
    text = main.replace("if __name__", "def main():\n    mcp.run()\nif __name__")
    said = built(tmp_path, {"src/tea/server.py": text, "src/tea/__init__.py": ""})
    assert said["project"]["scripts"] == {"tea": "tea.server:main"}
    assert said["tool"]["setuptools"]["packages"] == {"find": {"where": ["src"]}}


@pytest.mark.parametrize(
    "page",
    [
        '[project]\nname = "tea"\n[project.scripts]\ntea = "server:main"\n',
        '[project]\nname = "tea"\n[tool.uv]\npackage = false\n',
        '[project]\nname = "tea"\n[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n',
    ],
)
def test_a_project_that_says_how_it_is_built_stays(tmp_path: Path, page: str) -> None:
    text = SERVER.replace("if __name__", "def main():\n    mcp.run()\nif __name__")
    made = carry(survey(project(tmp_path, {"server.py": text, "pyproject.toml": page})))
    before, after = tomllib.loads(page), tomllib.loads(made.files["pyproject.toml"])
    assert after.get("build-system") == before.get("build-system")
    assert "setuptools" not in after.get("tool", {})
