"""Finds the project that a path means."""

from __future__ import annotations

from pathlib import Path

from ..text.report import Diagnostic
from .files import read_source
from .model import Project, default_jobs, reject
from .specs import PROJECT_FILE, only_spec
from .toml import parse_project


def find_project(path: Path) -> Project:
    """The project that `path` means: a project file, a spec file, or a folder that holds one of them.

    A spec beside a project file that names it belongs to that project; without a project file the
    targets are server, client and tests, each in a folder of that name beside the spec.

    Raises:
        Rejected: `AM520` to `AM523`.
    """
    if path.name == PROJECT_FILE:
        return _read_project(path)
    if path.is_dir():
        file = path / PROJECT_FILE
        return _read_project(file) if file.is_file() else _defaults(only_spec(path))
    if not path.is_file():
        reject(Diagnostic("AM522", f"there is no file or folder `{path}`"))
    beside = path.parent / PROJECT_FILE
    if beside.is_file():
        project = _read_project(beside)
        if project.spec.resolve() == path.resolve():
            return project
    return _defaults(path)


def _read_project(file: Path) -> Project:
    return parse_project(read_source(file), file.parent)


def _defaults(spec: Path) -> Project:
    return Project(spec.parent, spec, default_jobs(), implied=True)
