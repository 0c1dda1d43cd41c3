"""Formats generated Python with ruff: one process for all files, and none of the user's settings."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

from .files import File, Files

_LINE_LENGTH = 100


def tidy(files: Files) -> Files:
    """The same files, every `.py` text with sorted imports and formatted; the others untouched.

    Raises:
        RuntimeError: A text is no Python, which is a mistake of the target that gave it.
    """
    python = [file for file in files if file.path.endswith(".py") and not _copied(file.path)]
    if not python:
        return files
    with tempfile.TemporaryDirectory(prefix="automcp-") as folder:
        root = Path(folder)
        for file in python:
            place = root / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(file.text, encoding="utf-8", newline="\n")
        _ruff(root, "check", "--select", "I", "--fix", "--quiet")
        _ruff(root, "format", "--quiet")
        texts = {file.path: (root / file.path).read_text(encoding="utf-8") for file in python}
    return Files(File(file.path, texts.get(file.path, file.text), file.owner) for file in files)


def _copied(path: str) -> bool:
    """Whether a file is a copy of our own code, which is tidy and stays as it is."""
    return "_runtime" in path.split("/")


@cache
def _program() -> tuple[str, ...]:
    """Ruff itself: its Python module would start an interpreter first, which takes longer than ruff does."""
    try:
        return (str(import_module("ruff.__main__").find_ruff_bin()),)
    except FileNotFoundError:
        return (sys.executable, "-m", "ruff")


def _ruff(root: Path, command: str, *options: str) -> None:
    ran = subprocess.run(
        [
            *(*_program(), command),
            *("--isolated", "--no-cache", "--line-length", str(_LINE_LENGTH)),
            *("--target-version", "py311"),
            *options,
            ".",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if ran.returncode:
        told = (ran.stdout + ran.stderr).strip()
        raise RuntimeError(f"generated code is not valid Python: {told}")
