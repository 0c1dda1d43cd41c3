"""The examples run, prove what they claim, and fit the contracts that they were written against."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/check.py"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("name", PROJECTS)
def test_check(name: str) -> None:
    ran = run(f"examples/{name}/check.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout, "a check says what it saw"


def test_demo() -> None:
    ran = run("examples/demo.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "passed" in ran.stdout


def test_handlers_and_checks_are_typed(tmp_path: Path) -> None:
    # A copy, because the checks compile theirs at the same time.
    copy = tmp_path / "examples"
    shutil.copytree(EXAMPLES, copy, ignore=compiled_names)
    shutil.copytree(ROOT / "specs", tmp_path / "specs")
    projects = [*PROJECTS, "conformance"]
    compiled = run("-m", "automcp", "generate", *(str(copy / name) for name in projects))
    assert compiled.returncode == 0, compiled.stderr
    sources = [f"{name}/{kind}/src" for name in projects for kind in ("server", "client")]
    paths = [".", "conformance", str(ROOT / "generator"), *sources]
    config = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "extraPaths": paths}
    (copy / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    checked = run("-m", "pyright", "--outputjson", "-p", str(copy), "--pythonpath", sys.executable)
    said: dict[str, Any] = json.loads(checked.stdout)
    found = [f"{one['file']}: {one['message']}" for one in said["generalDiagnostics"]]
    assert found == [], "\n".join(found)
    # So that a wrong path does not pass for clean code.
    assert said["summary"]["filesAnalyzed"] == len(list(copy.glob("**/*.py")))


def compiled_names(folder: str, names: list[str]) -> set[str]:
    """What lies in a folder of an example, and nobody wrote."""
    place = Path(folder)
    if place.parent.name == "src":
        return {*names} - {"handlers", "state.py"}
    if place.name == "server":
        return {*names} - {"src"}
    return {*names} & {"client", "tests", "automcp.lock", "__pycache__"}
