"""The tests that a spec compiles to pass before anybody has written a handler."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from automcp import Files

from ..golden.cases import NAMES, compiled
from .compiled import lay_out
from .dialects import DIALECTS, ROOT, python_with

pytestmark = pytest.mark.slow
TESTED = [name for name in NAMES if "tests/test_contract.py" in compiled(name).files]


def python_for(files: Files) -> str:
    """An interpreter whose environment has what the server asks for."""
    required = next(one.text for one in files if one.path.endswith("requirements.txt"))
    if "for the SDK mcp1" not in required:
        return sys.executable
    lines = [line for line in required.splitlines() if not line.startswith("#")]
    constraints = str(ROOT / DIALECTS["mcp1"])
    return str(python_with("--constraint", constraints, *lines, "pytest"))


@pytest.mark.parametrize("name", TESTED)
def test_they_pass(name: str, tmp_path: Path) -> None:
    files = compiled(name).files
    lay_out(files, tmp_path)
    ran = subprocess.run(
        [python_for(files), "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-W", "error"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("server/src", "client/src"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"\d+ passed", ran.stdout)
    skipped = [line for line in ran.stdout.splitlines() if line.startswith("SKIPPED")]
    # A skip is right only where there is nothing to try, or nobody who could answer.
    reasons = ("has no body yet", "empty parameter set")
    assert [line for line in skipped if not any(reason in line for reason in reasons)] == []
