"""Environments for programs that examples compare themselves with, made once in `.cache` at the root."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from filelock import FileLock

CACHE = Path(__file__).parent.parent / ".cache"


def python_with(*requirements: str) -> Path:
    """The interpreter of an environment that holds `requirements` (pinned) and what they need."""
    name = hashlib.sha256("\n".join((sys.version, *requirements)).encode()).hexdigest()[:12]
    folder = CACHE / "environments" / name
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    ready = folder / ".ready"
    if not ready.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Whoever asks for the same at the same time waits for the first.
        with FileLock(f"{folder}.lock"):
            if not ready.exists():
                _set_up(folder, python, requirements)
                ready.touch()
    return python


def _set_up(folder: Path, python: Path, requirements: tuple[str, ...]) -> None:
    venv.create(folder, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *requirements], check=True)
