"""Carries a legacy project over: what its files say from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from .declared import named, promoted, requirements
from .entry import Entry, Script, find_entry
from .launch import MODULE, started
from .manifest import lack, manifest_of, requirements_of
from .names import ADAPTERS
from .requirements import Change, release
from .rewrite import rewritten
from .survey import Project, Source
from .vendored import adapter_files

STALE = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")
"""Files that pin the old SDK, and are made anew by the tools that they belong to."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A project that was carried over.

    Attributes:
        entry: How the legacy server is started.
        script: The console script that starts the result.
        files: What differs from the legacy project, by path; everything else stays as it is.
        rewritten: The sources whose imports are led to the adapter.
        dropped: Files of before that are left out.
        requirements: What changed of them.
    """

    entry: Entry
    script: tuple[str, str]
    files: Mapping[str, str]
    rewritten: tuple[str, ...]
    dropped: tuple[str, ...]
    requirements: tuple[Change, ...]


def carry(project: Project) -> Carried:
    """Work out what a migrated project says.

    Raises:
        NoServer: Nothing in it starts a legacy server.
    """
    entry = find_entry(project)
    name = _name(project)
    script, launcher = started(entry, name, regular=_regular(project, entry.source))
    folder, place = _place(project, entry)
    files: dict[str, str] = {}
    changed: list[str] = []
    for source in project.sources.values():
        text = rewritten(source.text, source.tree, place)
        if text != source.text:
            files[source.path] = text
            changed.append(source.path)
    needed = [*requirements(project), *promoted(project, project.reach(entry.source))]
    for sdk in sorted(project.uses):
        for path, text in adapter_files(sdk, release(needed, sdk)).items():
            files[f"{folder}/{ADAPTERS[sdk]}/{path}".removeprefix("./")] = text
    if launcher is not None:
        files[f"{MODULE}.py"] = launcher
    sdks = project.uses
    lacking = lack(_imported(project), sdks, _own(project))
    files["pyproject.toml"], changes = manifest_of(
        project.manifest,
        needed,
        script=script,
        fallback=name,
        lacking=lacking,
        sdks=sdks,
    )
    if project.requirements is not None:
        files["requirements.txt"] = requirements_of(project.requirements, lacking, sdks)
    stale = tuple(one for one in STALE if (project.folder / one).exists())
    return Carried(entry, script, files, tuple(changed), stale, tuple(changes))


def _name(project: Project) -> str:
    return named(project) or project.folder.absolute().name


def _place(project: Project, entry: Entry) -> tuple[str, str]:
    """Where the adapters are vendored: the folder, and the dotted name of its package, empty if it is none.

    They lie in the server's own package, so that whatever builds the package takes it along; beside the sources
    where they are no package, or several.
    """
    source = entry.source
    users = [one for one in project.sources.values() if one.sdks and not one.beside]
    package = source.package if isinstance(entry, Script) or source.package else ""
    while package and not all(_within(one, package) for one in users):
        package = package.rpartition(".")[0]
    above = "." if source.root == "." else "src"
    home = f"{above}/{package.replace('.', '/')}".removeprefix("./")
    if package and f"{home}/__init__.py" in project.sources:
        return home, package
    if isinstance(entry, Script) or source.path == f"{source.module}.py":
        return above, ""
    return PurePosixPath(source.path).parent.as_posix(), ""


def _regular(project: Project, source: Source) -> bool:
    """Whether a source is imported by the same name wherever it is started: it has a package, or none at all."""
    if source.path == f"{source.module}.py":
        return True
    return f"{PurePosixPath(source.path).parent.as_posix()}/__init__.py" in project.sources


def _within(source: Source, package: str) -> bool:
    return f"{source.module}.".startswith(f"{package}.")


def _imported(project: Project) -> set[str]:
    return {
        name.split(".")[0]
        for source in project.sources.values()
        if not source.beside
        for name in source.imports
    }


def _own(project: Project) -> set[str]:
    """The names of the project's own modules: those of its files, wherever they lie."""
    return {part for source in project.sources.values() for part in source.module.split(".")}
