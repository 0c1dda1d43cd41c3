"""What a project needs to say so that a compiled package in it can be installed, and runs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Added:
    """What a project has more than before.

    Attributes:
        packages: The dotted names of the packages that were added.
        data: The one of them that has a file of data.
        flat: If they lie where nothing but the project's root is around them, all modules and packages there:
            setuptools takes none, or guesses, where there are several.
    """

    packages: Sequence[str]
    data: str
    flat: Flat | None = None


@dataclass(frozen=True, slots=True)
class Flat:
    """What lies in the root of a project: modules, and folders of packages."""

    modules: Sequence[str]
    folders: Sequence[str]


def manifest_with(text: str, sdk: str, added: Added) -> tuple[str, list[Change]]:
    """A `pyproject.toml` that lets a compiled package be installed, and what changed of its requirements."""
    document: MutableMapping[str, Any] = tomlkit.parse(text)
    project = cast("MutableMapping[str, Any]", document["project"])
    listed = cast("list[Any]", project["dependencies"])
    more = lacking(sdk, map(str, listed))
    listed.extend(more)
    _lift_python(project)
    system: Mapping[str, object] = tomllib.loads(text).get("build-system", {})
    if system.get("build-backend", _SETUPTOOLS) == _SETUPTOOLS:
        _tell_setuptools(document, added)
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


def _tell_setuptools(document: MutableMapping[str, Any], added: Added) -> None:
    """setuptools takes files of data along that it is told of, and of packages that are listed those that are."""
    tool = cast(
        "MutableMapping[str, Any]", document.setdefault("tool", tomlkit.table(is_super_table=True))
    )
    said = cast("MutableMapping[str, Any]", tool.setdefault("setuptools", tomlkit.table()))
    listed: object = said.get("packages")
    if isinstance(listed, list):
        names = cast("list[object]", listed)
        names.extend(one for one in added.packages if one not in names)
    elif added.flat is not None and listed is None and "py-modules" not in said:
        said["py-modules"] = list(added.flat.modules)
        include = [one for name in added.flat.folders for one in (name, f"{name}.*")]
        said["packages"] = {"find": {"include": include}}
    kept = cast("MutableMapping[str, Any]", said.setdefault("package-data", tomlkit.table()))
    kept.setdefault(added.data, ["surface.json"])


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


def flat(paths: Iterable[str]) -> Flat:
    """What of some Python files lies in the root of a project; `setup.py` is none of it."""
    modules, folders = set[str](), set[str]()
    for path in paths:
        first, inside, _ = path.partition("/")
        if inside:
            folders.add(first)
        elif first != "setup.py":
            modules.add(first.removesuffix(".py"))
    return Flat(sorted(modules), sorted(folders))
