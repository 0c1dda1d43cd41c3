"""A project moves to another SDK by one word: no seeded file changes, and its generated tests still pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .dialects import DIALECTS, ROOT, python_with

HERE = Path(__file__).parent / "behaviour"
SETTINGS = """
spec = "behaviour.yaml"
sdk = "{sdk}"
[targets.server]
out = "server"
[targets.client]
out = "client"
[targets.tests]
out = "tests"
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def move(tmp_path: Path) -> Callable[[str], Path]:
    """Compiles the project for an SDK, where it stands."""
    package = tmp_path / "server" / "src" / "behaviour_server"
    shutil.copytree(HERE / "handlers", package / "handlers")
    shutil.copy(HERE / "state.py", package)
    shutil.copy(HERE / "behaviour.yaml", tmp_path)

    def moved(sdk: str) -> Path:
        (tmp_path / "automcp.toml").write_text(SETTINGS.format(sdk=sdk), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "automcp", "generate", str(tmp_path)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        )
        return tmp_path

    return moved


@pytest.mark.parametrize("sdk", DIALECTS)
def test_the_generated_tests_pass(sdk: str, move: Callable[[str], Path]) -> None:
    folder = move(sdk)
    required = (folder / "server" / "requirements.txt").read_text("utf-8").splitlines()
    python = python_with(
        *("--constraint", str(ROOT / DIALECTS[sdk])),
        *(line for line in required if not line.startswith("#")),
        "pytest",
    )
    sources = [str(folder / kind / "src") for kind in ("server", "client")]
    ran = subprocess.run(
        [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder / "tests")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sources)},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (folder / "tests" / "test_client.py").exists() == (sdk != "mcp1")


def test_moving_changes_the_sdks_files_and_nothing_else(move: Callable[[str], Path]) -> None:
    def contents() -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    folder = move("mcp2")
    before = contents()
    move("fastmcp4")
    after = contents()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    package = "server/src/behaviour_server/_runtime/"
    allowed = {"automcp.toml", "automcp.lock", "server/requirements.txt"}
    assert {path for path in changed if not path.startswith(package)} == allowed
    assert {path.removeprefix(package).split("/")[0] for path in changed - allowed} == {"sdk"}
    move("mcp2")
    assert contents() == before
