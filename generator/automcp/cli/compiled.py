"""Finds the server package that `automcp generate` wrote, and says how to start it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ..project import find_project, shown
from ..text.report import Diagnostic, Rejected, Report


@dataclass(frozen=True, slots=True)
class CompiledServer:
    """A server package on the disk."""

    folder: Path

    @property
    def surface(self) -> Path:
        """The file that lists its tools."""
        return self.folder / "surface.json"

    def command(self, *arguments: str) -> list[str]:
        """The command that starts it, with this Python."""
        return [sys.executable, "-m", self.folder.name, *arguments]

    def environment(self) -> dict[str, str]:
        """This process's environment, with the package in front of the module path."""
        path = [str(self.folder.parent.resolve()), os.environ.get("PYTHONPATH", "")]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}


def find_server(path: Path) -> CompiledServer:
    """The compiled server of the project that `path` means.

    Raises:
        Rejected: `AM528` if the project has no server target, or it is not generated yet.
    """
    project = find_project(path)
    job = next((job for job in project.jobs if job.target == "server"), None)
    if job is None:
        _missing("this project has no target `server`", "add `[targets.server]` to automcp.toml")
    folder = project.root / job.out / "src"
    packages = [file.parent for file in sorted(folder.glob("*/surface.json"))]
    runnable = [package for package in packages if (package / "__main__.py").is_file()]
    if len(runnable) != 1:
        _missing(f"there is no compiled server in `{shown(folder)}`", "run `automcp generate`")
    return CompiledServer(runnable[0])


def _missing(message: str, help_: str) -> NoReturn:
    report = Report()
    report.add(Diagnostic("AM528", message, help=help_))
    raise Rejected(report)
