"""Takes a legacy project to today's SDK where it lies: shown as a diff, undone by git."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

import tomlkit

from .attempt import Trial
from .carry import Carried
from .declared import commands
from .deliver import CannotDeliver, say
from .launch import is_launcher
from .project import drafted
from .prove import Proof
from .tree import CannotRead
from .worktree import check_undoable


@dataclass(frozen=True, slots=True)
class InPlace:
    """What changes in a project.

    Attributes:
        files: What is written, by path.
        dropped: What is removed.
    """

    carried: Carried
    proof: Proof
    files: Mapping[str, str]
    dropped: tuple[str, ...]

    @property
    def new(self) -> tuple[str, ...]:
        """The files that are not there yet."""
        return tuple(path for path in sorted(self.files) if not self._old(path).exists())

    def diff(self) -> Iterator[str]:
        """What changes in the files that are there, as lines of a unified diff."""
        for path in sorted(self.files):
            old = self._old(path)
            if old.exists():
                encoding = self.carried.encodings.get(path, "utf-8")
                before = old.read_bytes().decode(encoding, "replace")
                yield from _ended(
                    difflib.unified_diff(
                        before.splitlines(keepends=True),
                        self.files[path].splitlines(keepends=True),
                        f"a/{path}",
                        f"b/{path}",
                    )
                )

    def _old(self, path: str) -> Path:
        return self.carried.project.folder / path


def in_place(source: Path, trial: Trial) -> InPlace:
    """Work out what changes if a project is taken to today's SDK where it lies; nothing is written.

    Raises:
        NoServer: There is no legacy server in it.
        CannotRead: It cannot be worked on.
    """
    with drafted(source, None, trial, modern=False) as found:
        files = {**found.carried.files, **found.proof.learnt}
        files = _without_command(found.carried, files)
        same = {path for path, text in files.items() if _says(source, found.carried, path, text)}
        return InPlace(
            found.carried,
            found.proof,
            {path: text for path, text in files.items() if path not in same},
            found.carried.dropped,
        )


def apply(change: InPlace) -> None:
    """Write all that changes, or, if that fails, nothing.

    Raises:
        CannotDeliver: git could not undo it, or the disk refuses.
        CannotRead: What is there cannot be kept until all is written.
    """
    folder = change.carried.project.folder
    check_undoable(folder, [*change.files, *change.dropped])
    try:
        staging = Path(tempfile.mkdtemp(prefix=".automcp-migrate-", dir=folder))
    except OSError as error:
        raise CannotDeliver(f"`{folder}` cannot be written: {error.strerror}") from error
    try:
        for path, text in change.files.items():
            encoding = change.carried.encodings.get(path, "utf-8")
            say(staging / "new", path, text, encoding)
            with suppress(FileNotFoundError):
                shutil.copymode(folder / path, staging / "new" / path)
        _swap(folder, staging, change)
    except OSError as error:
        raise CannotDeliver(f"`{folder}` stays as it is: {error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(folder: Path, staging: Path, change: InPlace) -> None:
    """Put what was staged in its place, and what was there into the stage; all of it or nothing."""
    done: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for path in (*change.files, *change.dropped):
            place, old, new = folder / path, staging / "old" / path, staging / "new" / path
            if os.path.lexists(place):
                old.parent.mkdir(parents=True, exist_ok=True)
                done.append((place, old))
                place.rename(old)
            if path in change.files:
                made += [one for one in place.parents if not one.exists()]
                place.parent.mkdir(parents=True, exist_ok=True)
                done.append((place, new))
                new.rename(place)
    except BaseException:
        for place, kept in reversed(done):
            # What is new goes back to the stage, what is old to its place.
            with suppress(OSError):
                if kept.is_relative_to(staging / "new"):
                    place.rename(kept)
                else:
                    kept.rename(place)
        for one in sorted(made, key=lambda each: len(each.parts), reverse=True):
            with suppress(OSError):
                one.rmdir()
        raise


def _without_command(carried: Carried, files: dict[str, str]) -> dict[str, str]:
    """The files without the command that a copy gets: what lies where it lay is started as it was."""
    project = carried.project
    if commands(project) or any(is_launcher(one.text) for one in project.sources.values()):
        return files
    kept = {path: text for path, text in files.items() if not is_launcher(text)}
    if project.manifest is None and project.requirements is not None:
        kept.pop("pyproject.toml", None)
    elif "pyproject.toml" in kept:
        document = tomlkit.parse(kept["pyproject.toml"])
        said = cast("dict[str, dict[str, object]]", document)
        said.get("project", {}).pop("scripts", None)
        # Nothing has to be built for it either.
        if "build-system" not in project.table:
            said.pop("build-system", None)
        if "setuptools" not in project.table.get("tool", {}):
            said.get("tool", {}).pop("setuptools", None)
        kept["pyproject.toml"] = tomlkit.dumps(document)
    return kept


def _says(source: Path, carried: Carried, path: str, text: str) -> bool:
    place = source / path
    try:
        above = list(PurePosixPath(path).parents)[:-1]
        if place.is_symlink() or any((source / one).is_symlink() for one in above):
            raise CannotRead(f"`{path}` is a link: it is not written through")
        return place.read_bytes() == text.encode(carried.encodings.get(path, "utf-8"))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CannotRead(f"`{path}` cannot be read: {error.strerror}") from error


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
