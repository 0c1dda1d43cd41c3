"""What projects require and which commands they have is found wherever they say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.migrate.carry import carry
from automcp.migrate.declared import commands, named, promoted, requirements
from automcp.migrate.inline import inline_lifted, inline_requirements
from automcp.migrate.survey import survey

POETRY = """\
[tool.poetry]
name = "shop"

[tool.poetry.dependencies]
python = "^3.10"
mcp = {version = "^1.2", extras = ["cli"]}
requests = "~2.31"
zero = "^0.3.1"
exact = "1.2"
any = "*"
maybe = {version = "1", optional = true}
local = {path = "../local"}

[tool.poetry.scripts]
shop = "shop.server:main"
"""
SETUP = """\
from setuptools import setup
setup(name="shop", install_requires=["mcp<2", "requests"],
      entry_points={"console_scripts": ["shop = shop.server:main"]})
"""
CFG = """\
[metadata]
name = shop
[options]
install_requires =
    mcp<2  # the SDK
    requests
[options.entry_points]
console_scripts =
    shop = shop.server:main
"""
PIPFILE = """\
[[source]]
url = "https://packages.example.com/simple"

[packages]
mcp = {version = "<2", extras = ["cli"]}  # the SDK
pydantic = "==2.11.1"
requests = "*"
local = {path = "."}

[dev-packages]
pytest = "~=8.0"
"""
SERVER = "from mcp.server.fastmcp import FastMCP\nimport yaml\nmcp = FastMCP('a')\ndef main(): mcp.run()\n"


def _write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_poetry(tmp_path: Path) -> None:
    project = survey(_write(tmp_path, pyproject_dot_toml=POETRY))
    assert requirements(project) == [
        "mcp[cli]>=1.2,<2",
        "requests>=2.31,<2.32",
        "zero>=0.3.1,<0.4",
        "exact==1.2",
        "any",
    ]
    assert commands(project) == {"shop": "shop.server:main"}
    assert named(project) == "shop"


def test_a_setup_script_is_read_and_never_run(tmp_path: Path) -> None:
    bomb = "raise SystemExit('run!')\n"
    project = survey(_write(tmp_path, setup_dot_py=bomb + SETUP))
    assert requirements(project) == ["mcp<2", "requests"]
    assert commands(project) == {"shop": "shop.server:main"}


def test_setup_cfg(tmp_path: Path) -> None:
    project = survey(_write(tmp_path, setup_dot_cfg=CFG))
    assert requirements(project) == ["mcp<2", "requests"]
    assert commands(project) == {"shop": "shop.server:main"}
    assert named(project) == "shop"
    assert requirements(survey(_write(tmp_path / "bad", setup_dot_cfg="no = cfg"))) == []


def test_pipfile(tmp_path: Path) -> None:
    source = _write(tmp_path, Pipfile=PIPFILE, server_dot_py=SERVER + "main()\nmcp.run()\n")
    project = survey(source)
    assert requirements(project) == ["mcp[cli]<2", "pydantic==2.11.1", "requests"]
    written = carry(project).files["Pipfile"]
    assert 'mcp = {version = "<3,>=2.3", extras = ["cli"]}  # the SDK' in written
    assert 'pydantic = ">=2.12' in written
    assert written.partition('requests = "*"')[2] == PIPFILE.partition('requests = "*"')[2]


SCRIPT = """\
#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "mcp[cli]>=1.2,<2",  # the SDK
#     "pandas",
# ]
# ///
# Not part of it.
import httpx, pandas
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("a")
if __name__ == "__main__":
    mcp.run()
"""


def test_a_script_that_says_in_its_head_what_it_requires(tmp_path: Path) -> None:
    carried = carry(survey(_write(tmp_path, server_dot_py=SCRIPT)))
    written = carried.files["server.py"]
    assert '#     "mcp[cli]<3,>=2.3",  # the SDK\n#     "pandas",\n' in written
    assert "httpx>=0.27,<1" in written.partition("# ///\n# Not part of it.")[0]
    assert written.partition("# Not part of it.")[2].startswith(
        "\nimport httpx, pandas\nfrom legacy_mcp"
    )
    assert '"pandas"' in carried.files["pyproject.toml"]
    assert carried.files["pyproject.toml"].count('"mcp') == 1


@pytest.mark.parametrize(
    "head", ["# /// script\n# dependencies = [\n# ///\n", "# /// script\n# no TOML\n# ///\n", ""]
)
def test_heads_that_say_nothing_stay(head: str) -> None:
    assert inline_requirements(head) == []
    assert inline_lifted(head, {"mcp"}, lambda _: ["mcp"]) == head


@pytest.mark.parametrize("manifest", ["pyproject_dot_toml", "setup_dot_py", "setup_dot_cfg"])
def test_the_result_says_it_in_its_project_table(tmp_path: Path, manifest: str) -> None:
    text = {"setup_dot_py": SETUP, "setup_dot_cfg": CFG}.get(manifest, POETRY)
    source = _write(tmp_path, **{manifest: text, "shop__server_dot_py": SERVER})
    carried = carry(survey(source))
    written = carried.files["pyproject.toml"]
    assert carried.script == ("shop", "shop.server:main")
    assert ">=2.3" in written.partition("[project]")[2]
    assert "requests" in written.partition("[project]")[2]


def test_optional_requirements_that_the_server_always_imports_are_required(tmp_path: Path) -> None:
    manifest = (
        '[project]\nname = "shop"\ndependencies = ["requests"]\n'
        '[project.optional-dependencies]\nserver = ["mcp<2", "pyaml", "yaml>=1"]\nother = ["numpy"]\n'
    )
    source = _write(tmp_path, pyproject_dot_toml=manifest, server_dot_py=SERVER)
    project = survey(source)
    assert promoted(project, (project.sources["server.py"],)) == ["mcp<2", "yaml>=1"]


def test_what_only_some_function_imports_stays_optional(tmp_path: Path) -> None:
    manifest = (
        '[project]\nname = "shop"\ndependencies = ["mcp"]\n'
        '[project.optional-dependencies]\nmore = ["numpy", "pandas", "scipy"]\n'
    )
    source = _write(tmp_path, pyproject_dot_toml=manifest, server_dot_py=SERVER)
    files = {
        "server.py": "import tools\ndef main():\n    import later\n",
        "tools.py": "def heavy():\n    import engine\n",
        "engine.py": "import numpy\n",
        "later.py": "import pandas\ntry:\n    import scipy\nexcept ImportError: ...\n",
    }
    for name, text in files.items():
        (source / name).write_text(text + "import mcp\n", "utf-8")
    project = survey(source)
    reached = project.reach(project.sources["server.py"], at_once=True)
    assert promoted(project, reached) == ["pandas"]
