"""What becomes of a command whose output nobody takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
COMMANDS = (["explain", "AM203"], ["schema"], ["--help"], ["--version"], ["check", "--json"])
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="only some systems have /dev/full")


def run(arguments: list[str], out: int, err: int, cwd: Path) -> int:
    """The exit code of a command with these streams."""
    command = [sys.executable, "-m", "automcp", *arguments]
    return subprocess.run(command, stdout=out, stderr=err, cwd=cwd, check=False).returncode


@pytest.mark.slow
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_full_disk(arguments: list[str], tmp_path: Path) -> None:
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "automcp", *arguments]
        ran = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False
        )
    said = ran.stderr.decode()
    assert ran.returncode == 74
    assert said == "automcp: the output cannot be written: no space left on device\n"


@pytest.mark.slow
def test_nowhere_to_complain(tmp_path: Path) -> None:
    with FULL.open("wb") as full:
        assert run(["schema"], full.fileno(), full.fileno(), tmp_path) == 74
        assert run(["check"], subprocess.DEVNULL, full.fileno(), tmp_path) == 74


@pytest.mark.slow
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_closed_pipe(arguments: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(arguments, writing, subprocess.DEVNULL, tmp_path) == 1
    finally:
        os.close(writing)


@pytest.mark.slow
def test_closed_streams(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m automcp explain AM203 >&- 2>&-"],
        cwd=tmp_path,
        check=False,
    )
    assert ran.returncode == 0
