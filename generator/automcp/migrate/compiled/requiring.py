"""What a project needs to say so that a compiled package in it can be installed, and runs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from importlib import metadata
from typing import Any, cast

import tomlkit
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ...targets.dialects import DIALECTS
from ..requirements import Change, from_lines, requirement_name

LEAST_PYTHON = "3.11"
"""What compiled packages are written for."""

_OLDER = ("3.8", "3.9", "3.10")
_SETUPTOOLS = "setuptools.build_meta"


def lacking(sdk: str, declared: Iterable[str]) -> list[str]:
    """The requirements of a compiled package that neither the project has nor the SDK brings along.

    Args:
        sdk: The SDK that it is compiled for.
    """
    brought = {requirement_name(one) for one in metadata.requires("mcp") or ()}
    known = brought | {requirement_name(one) for one in declared} | {"mcp", "fastmcp"}
    return [one for one in DIALECTS[sdk].requirements if requirement_name(one) not in known]


def manifest_with(
    text: str, sdk: str, packages: Sequence[str], data: str
) -> tuple[str, list[Change]]:
    """A `pyproject.toml` that lets a compiled package be installed, and what changed of its requirements.

    Args:
        packages: The dotted names of the packages that were added to the project.
        data: The one of them that has a file of data.
    """
    document: MutableMapping[str, Any] = tomlkit.parse(text)
    project = cast("MutableMapping[str, Any]", document["project"])
    listed = cast("list[Any]", project["dependencies"])
    more = lacking(sdk, map(str, listed))
    listed.extend(more)
    _lift_python(project)
    system: Mapping[str, object] = tomllib.loads(text).get("build-system", {})
    if system.get("build-backend", _SETUPTOOLS) == _SETUPTOOLS:
        _tell_setuptools(document, packages, data)
    return tomlkit.dumps(document), [Change(None, one) for one in more]


def requirements_with(text: str, sdk: str) -> str:
    """A `requirements.txt` that has what a compiled package needs."""
    more = lacking(sdk, from_lines(text))
    return "\n".join([text.rstrip("\n"), *more]) + "\n"


def _lift_python(project: MutableMapping[str, Any]) -> None:
    said = str(project.get("requires-python", ""))
    try:
        allowed = SpecifierSet(said)
    except InvalidSpecifier:
        return
    if any(allowed.contains(one) for one in _OLDER):
        kept = [str(one) for one in allowed if not one.operator.startswith(">")]
        project["requires-python"] = ",".join([f">={LEAST_PYTHON}", *kept])


def _tell_setuptools(
    document: MutableMapping[str, Any], packages: Sequence[str], data: str
) -> None:
    """setuptools takes files of data along that it is told of, and of packages that are listed those that are."""
    tool = cast(
        "MutableMapping[str, Any]", document.setdefault("tool", tomlkit.table(is_super_table=True))
    )
    said = cast("MutableMapping[str, Any]", tool.setdefault("setuptools", tomlkit.table()))
    listed: object = said.get("packages")
    if isinstance(listed, list):
        names = cast("list[object]", listed)
        names.extend(one for one in packages if one not in names)
    kept = cast("MutableMapping[str, Any]", said.setdefault("package-data", tomlkit.table()))
    kept.setdefault(data, ["surface.json"])


def named_packages(paths: Iterable[str], home: str, package: str) -> list[str]:
    """The dotted names of the packages in a folder, the folder itself first.

    Args:
        paths: Files, with slashes.
        home: The folder.
        package: Its own dotted name.
    """
    folders = sorted({path.rpartition("/")[0] for path in paths if path.startswith(f"{home}/")})
    return [
        ".".join([package, *folder.removeprefix(home).strip("/").split("/")]).strip(".")
        for folder in folders
    ]
