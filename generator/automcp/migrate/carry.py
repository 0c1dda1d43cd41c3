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


@dataclass(frozen=True, slots=True)
class Carried:
    """A project that was carried over.

    Attributes:
        project: What it was.
        entry: How the legacy server is started.
        script: The console script that starts the result.
        files: What differs from the legacy project, by path; everything else stays as it is.
        rewritten: The sources whose imports are led to the adapter.
        dropped: Files of before that are left out.
        requirements: What changed of them.
        needed: What the legacy project requires, wherever it said so.
        adapters: The folders of the adapters, by what they stand for.
        encodings: How files that differ are encoded, where it is not UTF-8.
    """

    project: Project
    entry: Entry
    script: tuple[str, str]
    files: Mapping[str, str]
    rewritten: tuple[str, ...]
    dropped: tuple[str, ...]
    requirements: tuple[Change, ...]
    needed: tuple[str, ...]
    adapters: Mapping[str, str]
    encodings: Mapping[str, str]


def carry(project: Project) -> Carried:
    """Work out what a migrated project says.

    Raises:
        NoServer: Nothing in it starts a legacy server.
    """
    entry = find_entry(project)
    name = _name(project)
    script, launcher = started(entry, name, regular=_regular(project, entry.source))
    folder, place = _place(project, entry)
    files = _rewritten(project, place)
    changed = tuple(files)
    needed = [*requirements(project), *promoted(project, project.reach(entry.source))]
    brought = {
        sdk: f"{folder}/{ADAPTERS[sdk]}".removeprefix("./")
        for sdk in sorted(project.uses - project.adapters.keys())
    }
    for sdk, home in brought.items():
        for path, text in adapter_files(sdk, release(needed, sdk)).items():
            files[f"{home}/{path}"] = text
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
    return Carried(
        project=project,
        entry=entry,
        script=script,
        files={path: text for path, text in files.items() if not _says(project, path, text)},
        rewritten=changed,
        dropped=tuple(project.locks) if changed or changes else (),
        requirements=tuple(changes),
        needed=tuple(needed),
        adapters={**project.adapters, **brought},
        encodings={path: project.sources[path].encoding for path in changed},
    )


def _rewritten(project: Project, place: str) -> dict[str, str]:
    """The sources that say something else from now on, by path."""
    found = {
        path: rewritten(source.text, source.tree, place) for path, source in project.sources.items()
    }
    return {path: text for path, text in found.items() if text != project.sources[path].text}


def _says(project: Project, path: str, text: str) -> bool:
    """Whether a file of the project says so already."""
    if path == "pyproject.toml":
        return text == project.manifest
    if path == "requirements.txt":
        return text == project.requirements
    return path in project.sources and text == project.sources[path].text


def _name(project: Project) -> str:
    return named(project) or project.folder.absolute().name


def _place(project: Project, entry: Entry) -> tuple[str, str]:
    """Where the adapters are vendored: the folder, and the dotted name of its package, empty if it is none.

    They lie in the server's own package, so that whatever builds the package takes it along; beside the sources
    where they are no package, or several.
    """
    for adapter in project.adapters.values():
        home = adapter.rpartition("/")[0]
        inside = f"{home}/__init__.py" in project.sources
        return home or ".", home.removeprefix("src/").replace("/", ".") if inside else ""
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
