"""Writes a migrated project: all of it, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import NoReturn

from ..output.draft import draft_beside
from .tree import CannotRead, walk


class CannotDeliver(Exception):
    """The folder for the result cannot be used; the message says why."""


def check_apart(out: Path, source: Path) -> None:
    """Make sure that a result can come to `out`: a folder that is not part of the source, nor the other way.

    Raises:
        CannotDeliver: It cannot.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CannotDeliver(f"`{out}` is there, and is no folder")
    here, there = out.resolve(), source.resolve()
    if here == there or there in here.parents:
        raise CannotDeliver(f"`{out}` lies inside `{source}`: the result has to be a folder of its own")  # fmt: skip
    if here in there.parents:
        raise CannotDeliver(f"`{source}` lies inside `{out}`: the result has to be a folder of its own")  # fmt: skip


def is_free(out: Path) -> bool:
    """Whether a folder is not there, or empty."""
    return not out.exists() or not any(out.iterdir())


def draft_of(out: Path) -> AbstractContextManager[Path]:
    """A folder to work in, on the disk of `out`.

    Raises:
        CannotDeliver: The disk refuses, when it is entered.
    """

    def refuse(parent: Path, reason: str) -> NoReturn:
        raise CannotDeliver(f"`{parent}` cannot be written: {reason}")

    return draft_beside(out, "migrate", refuse)


def write_draft(
    source: Path,
    place: Path,
    files: Mapping[str, str],
    dropped: tuple[str, ...],
    encodings: Mapping[str, str],
) -> None:
    """Copy a project to a folder that is not there yet, with some files saying something else.

    Args:
        encodings: How files are encoded that are not UTF-8.

    Raises:
        CannotRead: Something in the project cannot be copied.
        CannotDeliver: The disk refuses.
    """
    copy_tree(source, place)
    try:
        for path in dropped:
            (place / path).unlink(missing_ok=True)
        for path, text in files.items():
            say(place, path, text, encodings.get(path, "utf-8"))
    except OSError as error:
        raise CannotDeliver(f"`{place}` cannot be written: {error}") from error


def say(place: Path, path: str, text: str, encoding: str = "utf-8") -> None:
    """Write a file of a result; never through a link, and also where the one of before may not be written."""
    target = place / path
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.lstat().st_mode if target.is_file() and not target.is_symlink() else None
    target.unlink(missing_ok=True)
    target.write_bytes(text.encode(encoding))
    if mode is not None:
        target.chmod(mode)


def copy_tree(source: Path, place: Path) -> None:
    """Copy a project to a folder that is not there yet, without what is no part of it.

    Links that lead from one place in it to another stay links.

    Raises:
        CannotRead: Something in it cannot be copied.
    """
    place.mkdir(parents=True)
    for found in walk(source):
        if found.reason is not None:
            continue
        here, there = source / found.path, place / found.path
        try:
            if found.kind == "folder":
                there.mkdir()
            elif found.kind == "link":
                there.symlink_to(here.readlink(), target_is_directory=here.is_dir())
            else:
                shutil.copy2(here, there)
        except OSError as error:
            raise CannotRead(f"`{found.path}` cannot be copied: {error.strerror}") from error


def move_in(place: Path, out: Path) -> None:
    """Move a finished folder to where it belongs, in one step.

    Raises:
        CannotDeliver: The disk refuses, or something came there in the meantime.
    """
    try:
        with suppress(FileNotFoundError):
            out.rmdir()
        place.rename(out)
    except OSError as error:
        raise CannotDeliver(f"`{out}` cannot be written: {error.strerror}") from error
