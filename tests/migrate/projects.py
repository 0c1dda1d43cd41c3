"""Projects to migrate, and what is in a folder afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from automcp.cli.migrate import command
from click.testing import CliRunner, Result


def project(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a project's files, byte for byte."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by path; those of folders end in a slash."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        else:
            found[f"{name}/"] = b""
    return found


def run(*words: object) -> Result:
    """`automcp migrate` with these words."""
    return CliRunner().invoke(command, [str(word) for word in words])
