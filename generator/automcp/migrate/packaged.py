"""Tells the build what a command that is new runs by: before, nothing of the project was installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, cast

import tomlkit

from .compiled.requiring import flat
from .declared import commands
from .entry import Entry, File
from .survey import Project

_BACKEND = {"requires": ["setuptools>=77"], "build-backend": "setuptools.build_meta"}
_DATA = "surface.json"
_OTHERS = ("poetry", "pdm", "hatch", "flit")
"""Tools that build what tables of their own say."""


def packaged(
    files: Mapping[str, str], project: Project, entry: Entry, script: tuple[str, str]
) -> str:
    """The `pyproject.toml` by which the command that starts the server can be installed, if it is new.

    Args:
        files: What a migration writes, by path; its `pyproject.toml` among them.
        script: The command: its name, and `module:function`.
    """
    text = files["pyproject.toml"]
    document = tomlkit.parse(text)
    said = cast("MutableMapping[str, Any]", document)
    if commands(project).get(script[0]) == script[1] or _is_built(project, said):
        return text
    own = [path for path, one in project.sources.items() if not one.beside]
    paths = {*own, *(path for path in files if path.endswith(".py"))}
    beside = f"{script[1].partition(':')[0]}.py" in paths
    inside = entry.source.root == "src"
    if beside and inside and isinstance(entry, File) and entry.module:
        # What starts it lies beside `src`, and imports what lies in it: nothing installs both.
        return text
    setuptools = _setuptools(said)
    if "packages" not in setuptools and "py-modules" not in setuptools:
        if inside and not beside:
            setuptools["packages"] = {"find": {"where": ["src"]}}
        else:
            setuptools.update(_found(paths))
            _name_data(setuptools, files)
    said["build-system"] = _BACKEND
    return tomlkit.dumps(document)


def _is_built(project: Project, said: MutableMapping[str, Any]) -> bool:
    """Whether something says how the project is built, or that it is not."""
    tool = cast("MutableMapping[str, Any]", said.get("tool", {}))
    refused = cast("MutableMapping[str, Any]", tool.get("uv", {})).get("package") is False
    settled = "setup.py" in project.sources or "setup.cfg" in project.others
    return "build-system" in said or refused or settled or any(one in tool for one in _OTHERS)


def _setuptools(said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The table of setuptools, which is made if there is none."""
    if "tool" not in said:
        said["tool"] = tomlkit.table(is_super_table=True)
    return cast("MutableMapping[str, Any]", said["tool"].setdefault("setuptools", tomlkit.table()))


def _found(paths: Iterable[str]) -> dict[str, Any]:
    """Everything that lies in the root: setuptools takes none, or guesses, where there is more than one."""
    found = flat(paths)
    folders = [one for one in found.folders if "." not in one]
    include = [one for name in folders for one in (name, f"{name}.*")]
    return {"py-modules": list(found.modules), "packages": {"find": {"include": include}}}


def _name_data(setuptools: MutableMapping[str, Any], paths: Iterable[str]) -> None:
    """Name the data of packages by where they lie, as setuptools does here."""
    folders = (path.rpartition("/")[0] for path in paths if path.endswith(f"/{_DATA}"))
    kept = {
        name: files
        for name, files in cast("dict[str, Any]", setuptools.pop("package-data", {})).items()
        if files != [_DATA]
    }
    data = kept | {folder.replace("/", "."): [_DATA] for folder in folders}
    if data:
        setuptools["package-data"] = data
