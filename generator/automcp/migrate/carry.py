"""Carries a legacy project over: what its files say from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from keyword import iskeyword
from pathlib import PurePosixPath

from ..importers.server.capture import Captured
from .compiled.compiling import Compiled
from .compiled.modern import Modern, made_modern
from .compiled.place import place_for
from .compiled.requiring import Added, flat, manifest_with, named_packages, requirements_with
from .declared import named, promoted, requirements
from .entry import Entry, Script, find_entry
from .inline import inline_requirements
from .launch import module_for, started
from .leading import adapted, led, own_modules
from .manifest import lack, manifest_of, pipfile_of, requirements_of
from .names import ADAPTERS
from .packaged import packaged
from .requirements import Change, requirement_name, unsaid
from .survey import Project, Source
from .vendored import adapters


@dataclass(frozen=True, slots=True)
class Carried:
    """A project that was carried over.

    Attributes:
        project: What it was.
        entry: How the legacy server is started.
        script: The console script that starts the result.
        files: What differs from the legacy project, by path; everything else stays as it is.
        rewritten: The sources that say something else, mostly in their imports.
        dropped: Files of before that are left out.
        requirements: What changed of them.
        needed: What the legacy project requires, wherever it said so.
        adapters: The folders of the adapters, by what they stand for.
        encodings: How files that differ are encoded, where it is not UTF-8.
        modern: What became of its tools; `None` if all of them are carried.
        not_written: What a result has otherwise, by path, and why this one has it not.
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
    modern: Modern | None = None
    not_written: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def adapted(self) -> tuple[str, ...]:
        """The sources whose imports are led to an adapter."""
        freed = self.modern.freed if self.modern else None
        return tuple(one for one in self.rewritten if freed is None or one not in freed.paths)


def carry(
    project: Project,
    *,
    modern: bool = False,
    captured: Captured | None = None,
    kept: Mapping[str, str] | None = None,
    alone: bool = True,
) -> Carried:
    """Work out what a migrated project says.

    Args:
        modern: Whether tools become plain functions of a compiled server where they are understood.
        captured: What the legacy server showed, for that.
        kept: The tools that stay carried nevertheless, by name, and why.
        alone: Whether the compiled server stands alone where nothing is left for the adapter to do.

    Raises:
        NoServer: Nothing in it starts a legacy server.
    """
    entry = find_entry(project)
    name = _name(project)
    script, launcher = started(entry, name, regular=_regular(project, entry.source))
    folder, place = _place(project, entry)
    made = None
    if modern and not project.migrated:
        at = place_for(name, folder, place, _names_in(project, folder, place))
        read = _imported_as(entry, script) if launcher is None else entry
        made = made_modern(
            project, read, at, _version(project), captured=captured, kept=kept, alone=alone
        )
    files = led(project, place, made)
    changed = tuple(files)
    needed = _needed(project, entry.source)
    brought = {
        sdk: f"{folder}/{ADAPTERS[sdk]}".removeprefix("./")
        for sdk in sorted(adapted(project, made, files) - project.adapters.keys())
    }
    files |= adapters(project, brought, needed)
    if launcher is not None:
        script = (script[0], f"{module_for(project, launcher)}:main")
        files[f"{script[1].partition(':')[0]}.py"] = launcher
    required, changes = _required(project, needed, script, name)
    files |= required
    if made is not None and made.compiled is not None:
        changes += _add(made.compiled, files, project)
    files["pyproject.toml"] = packaged(files, project, entry, script)
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
        modern=made,
    )


def _imported_as(entry: Entry, script: tuple[str, str]) -> Script:
    """An entry that is started by importing it: a file that was run is no main program from now on."""
    return entry if isinstance(entry, Script) else Script(*script, entry.source)


def _required(
    project: Project, needed: list[str], script: tuple[str, str], name: str
) -> tuple[dict[str, str], list[Change]]:
    """The files that say what is required, and what changed in them."""
    sdks = project.uses
    used = _imported(project)
    if not project.migrated:
        used |= unsaid(needed)
    lacking = lack(used, sdks, own_modules(project))
    text, changes = manifest_of(
        project.manifest, needed, script=script, fallback=name, lacking=lacking, sdks=sdks
    )
    files = {"pyproject.toml": text}
    if project.requirements is not None:
        files["requirements.txt"] = requirements_of(project.requirements, lacking, sdks)
    if "Pipfile" in project.others:
        files["Pipfile"] = pipfile_of(project.others["Pipfile"], sdks)
    return files, changes


def _add(compiled: Compiled, files: dict[str, str], project: Project) -> list[Change]:
    """Add a compiled package to the files, and what it needs to what the project needs."""
    files.update(compiled.files)
    place = compiled.place
    own = (path for path, one in project.sources.items() if not one.beside)
    root = {*own, *(path for path in files if path.endswith(".py"))}
    added = Added(
        packages=named_packages(compiled.files, place.home, place.package),
        data=place.package,
        flat=flat(root) if place.folder == "." else None,
    )
    files["pyproject.toml"], changes = manifest_with(files["pyproject.toml"], compiled.sdk, added)
    if "requirements.txt" in files:
        files["requirements.txt"] = requirements_with(files["requirements.txt"], compiled.sdk)
    return changes


def _names_in(project: Project, folder: str, package: str) -> set[str]:
    """The names that a package in a folder cannot have: those of what lies there, and of the packages around it."""
    lead = "" if folder == "." else f"{folder}/"
    beside = {
        path.removeprefix(lead).split("/")[0].removesuffix(".py")
        for path in project.sources
        if path.startswith(lead)
    }
    return {*beside, *package.split(".")}


def _version(project: Project) -> str:
    said = project.about.get("version")
    return said if isinstance(said, str) and said else "0.1.0"


def _needed(project: Project, source: Source) -> list[str]:
    """What a project requires, wherever it says so."""
    found = [*requirements(project), *promoted(project, project.reach(source, at_once=True))]
    names = {requirement_name(one) for one in found}
    return [
        *found,
        *(one for one in inline_requirements(source.text) if requirement_name(one) not in names),
    ]


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
    while package and not (_named(package) and all(_within(one, package) for one in users)):
        package = package.rpartition(".")[0]
    above = "." if source.root == "." else "src"
    home = f"{above}/{package.replace('.', '/')}".removeprefix("./")
    # What a console script names is imported as a package whether or not it has an `__init__.py`.
    if package and (f"{home}/__init__.py" in project.sources or isinstance(entry, Script)):
        return home, package
    if isinstance(entry, Script) or _regular(project, source):
        return above, ""
    return PurePosixPath(source.path).parent.as_posix(), ""


def _named(package: str) -> bool:
    """Whether sources can name a package: folders may be called anything."""
    return all(part.isidentifier() and not iskeyword(part) for part in package.split("."))


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
