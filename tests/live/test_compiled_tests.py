"""The tests that a spec compiles to pass before anybody has written a handler."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..golden.cases import NAMES, compiled
from .compiled import lay_out

pytestmark = pytest.mark.slow
TESTED = [name for name in NAMES if "tests/test_contract.py" in compiled(name).files]


@pytest.mark.parametrize("name", TESTED)
def test_they_pass(name: str, tmp_path: Path) -> None:
    lay_out(compiled(name).files, tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-W", "error"],
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
