"""Finds the server package that `automcp generate` wrote, and says how to start it."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn, cast

from ..output.lock import LOCK_NAME, read_lock
from ..project import Job, Project, find_project, read_file, shown
from ..text.report import Diagnostic, Rejected, Report


@dataclass(frozen=True, slots=True)
class CompiledServer:
    """A server package on the disk.

    Attributes:
        python: The interpreter whose environment has what it needs.
    """

    folder: Path
    python: str

    @property
    def surface(self) -> Path:
        """The file that lists its tools."""
        return self.folder / "surface.json"

    def command(self, *arguments: str) -> list[str]:
        """The command that starts it."""
        return [self.python, "-m", self.folder.name, *arguments]

    def environment(self) -> dict[str, str]:
        """This process's environment, with the package in front of the module path."""
        path = [str(self.folder.parent.resolve()), os.environ.get("PYTHONPATH", "")]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}


def find_server(path: Path, python: Path | None = None) -> CompiledServer:
    """The compiled server of the project that `path` means.

    Args:
        python: The interpreter to start it with; AutoMCP's own, if the server's SDK is installed beside it.

    Raises:
        Rejected: `AM528` if the project has no server target, it is not generated yet, it is a part of a server that
            is started otherwise, or its SDK is elsewhere.
    """
    try:
        project = find_project(path)
    except Rejected:
        folder = _written_to(path)
        if folder is None:
            raise
        return _server_in(folder, python)
    job = next((job for job in project.jobs if job.target == "server"), None)
    if job is None:
        _missing("this project has no target `server`", "add `[targets.server]` to automcp.toml")
    if job.options.get("layout") == "package":
        _refuse_part(project, job)
    if python is None:
        _require_sdk(str(job.options.get("sdk", "mcp2")))
    return _server_in(project.root / job.out / "src", python)


def _server_in(folder: Path, python: Path | None) -> CompiledServer:
    packages = [file.parent for file in sorted(folder.glob("*/surface.json"))]
    runnable = [package for package in packages if (package / "__main__.py").is_file()]
    if len(runnable) != 1:
        help = (
            "run `automcp generate`; where that wrote to another folder (`--out`), name that folder"
        )
        _missing(f"there is no compiled server in `{shown(folder)}`", help)
    return CompiledServer(runnable[0], sys.executable if python is None else str(python.absolute()))


def _written_to(path: Path) -> Path | None:
    """The sources of the server that was written to a folder without its spec (`--out`), by the lock that lies there."""
    try:
        lock = read_lock((path / LOCK_NAME).read_bytes())
    except (OSError, Rejected):
        return None
    record = lock.targets.get("server")
    found = [
        path / one for one in (record.files if record else ()) if one.endswith("/surface.json")
    ]
    return found[0].parent.parent if found else None


def _refuse_part(project: Project, job: Job) -> NoReturn:
    """Say how the server is started that a package without a start of its own is a part of."""
    where = shown(project.root / job.out)
    message = f"the compiled package in `{where}` is a part of another server (`layout`)"
    names = [f"`{name}`" for name in _scripts(project.root / "pyproject.toml")]
    script = " or ".join(names[:3]) if names else "the project's own program"
    _missing(message, f"start {script}; `automcp call --url URL` calls what it serves over HTTP")


def _scripts(file: Path) -> Iterator[str]:
    """The names of the console scripts that a project declares; none if that cannot be read."""
    try:
        about = tomllib.loads(read_file(str(file)).text)
    except (OSError, ValueError, RecursionError):
        return
    yield from _table(about, "project", "scripts")
    yield from _table(about, "tool", "poetry", "scripts")


def _table(document: Mapping[str, object], *keys: str) -> Mapping[str, object]:
    """The table below these keys; an empty one if there is none."""
    for key in keys:
        found = document.get(key)
        document = cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}
    return document


def _require_sdk(sdk: str) -> None:
    """Nothing, if AutoMCP's own Python can start a server that was compiled for the SDK."""
    if sdk == "mcp1" or (sdk == "fastmcp4" and find_spec("fastmcp") is None):
        message = f"the server is compiled for {sdk}, which is not installed beside AutoMCP"
        _missing(message, "say `--python PATH`, of an environment where the server is installed")


def _missing(message: str, help_: str) -> NoReturn:
    report = Report()
    report.add(Diagnostic("AM528", message, help=help_))
    raise Rejected(report)
