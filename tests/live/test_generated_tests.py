"""Generated tests pass on what was generated, and fail when something in it is broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SHOP = ROOT / "examples" / "shop"
SERVER = "server/src/shop_server"
CLIENT = "client/src/shop_client"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, compiled afresh around its handlers."""
    project = tmp_path_factory.mktemp("shop")
    for kept in ("handlers", "state.py"):
        source, target = SHOP / SERVER / kept, project / SERVER / kept
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    shutil.copy(SHOP / "shop.yaml", project)
    subprocess.run(
        [sys.executable, "-m", "automcp", "generate", str(project)], check=True, capture_output=True
    )
    return project


def run(project: Path, *selected: str) -> tuple[int, str]:
    paths = os.pathsep.join(str(project / kind / "src") for kind in ("server", "client"))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        "tests",
        *selected,
    ]
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_they_pass_with_handlers(compiled: Path) -> None:
    code, output = run(compiled)
    assert code == 0, output
    assert "skipped" not in output.splitlines()[-1]


def test_without_bodies_examples_are_skipped_for_a_reason(tmp_path: Path) -> None:
    shutil.copy(SHOP / "shop.yaml", tmp_path)
    subprocess.run(
        [sys.executable, "-m", "automcp", "generate", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    code, output = run(tmp_path, "-rs")
    assert code == 0, output
    assert "catalog.search has no body yet" in output
    assert "12 skipped" in output.splitlines()[-1]


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def forget(package: str, *steps: str) -> Callable[[Path], None]:
    """Take something out of the first tool of a package's surface."""

    def change(project: Path) -> None:
        file = project / package / "surface.json"
        document: Any = json.loads(file.read_text("utf-8"))
        at = document["tools"][0]
        for step in steps[:-1]:
            at = at[step]
        del at[steps[-1]]
        file.write_text(json.dumps(document), "utf-8")

    return change


BREAKS = {
    "a wrong answer": (
        edit(f"{SERVER}/handlers/catalog.py", "[:limit]", "[1:]"),
        "test_the_example_gives_its_answer",
    ),
    "another error": (
        edit(f"{SERVER}/handlers/orders.py", "raise OrderNotFound(", "raise ValueError("),
        "test_the_example_gives_its_answer",
    ),
    "a tool without its title": (
        forget(SERVER, "title"),
        "test_what_is_advertised_is_the_specs",
    ),
    "a constraint that the server lost": (
        forget(SERVER, "inputSchema", "properties", "text", "minLength"),
        "test_the_server_checks_the_constraint",
    ),
    "a constraint that the client lost": (
        forget(CLIENT, "inputSchema", "properties", "text", "minLength"),
        "test_the_client_checks_the_constraint",
    ),
    "an error that the server does not know": (
        edit(f"{SERVER}/server.py", "errors=(UnknownProduct,),", ""),
        "test_a_declared_error_arrives_as_itself",
    ),
    "an error that the client does not know": (
        edit(f"{CLIENT}/client.py", ", errors=(UnknownProduct,)", ""),
        "test_a_declared_error_arrives_as_itself",
    ),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_they_fail_on(broken: str, compiled: Path, tmp_path: Path) -> None:
    change, caught_by = BREAKS[broken]
    project = tmp_path / "shop"
    shutil.copytree(compiled, project)
    change(project)
    code, output = run(project, "-k", caught_by)
    assert code == 1, output
    assert f"::{caught_by}" in output


def test_the_sdks_command_line_gets_the_object_that_it_looks_for(compiled: Path) -> None:
    program = (
        "import runpy; from mcp.server import MCPServer;"
        "server = runpy.run_path('server/mcp_server.py')['server'];"
        "print(isinstance(server, MCPServer), server.name)"
    )
    environment = {**os.environ, "PYTHONPATH": str(compiled / "server" / "src")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=compiled, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True shop\n"
