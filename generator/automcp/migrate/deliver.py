"""Writes a migrated project: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .survey import LEFT_OUT


class CannotDeliver(Exception):
    """The folder for the result cannot be used; the message says why."""


def check_free(out: Path, source: Path) -> None:
    """Make sure that a result can come to `out`: a new or empty folder that is not part of the source.

    Raises:
        CannotDeliver: It cannot.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CannotDeliver(f"`{out}` is there, and is no folder")
    if out.is_dir() and any(out.iterdir()):
        raise CannotDeliver(f"`{out}` is not empty")
    if out.resolve() == source.resolve() or source.resolve() in out.resolve().parents:
        raise CannotDeliver(f"`{out}` lies inside `{source}`")


@contextmanager
def draft_beside(out: Path) -> Generator[Path]:
    """A folder to work in, on the disk of `out`; gone afterwards, with the parents that were made for it.

    Raises:
        CannotDeliver: The disk refuses.
    """
    parent = out.absolute().parent
    missing = [path for path in (parent, *parent.parents) if not path.exists()]
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".automcp-migrate-", dir=parent))
    except OSError as error:
        raise CannotDeliver(f"`{parent}` cannot be written: {error.strerror}") from error
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        for path in missing:
            with suppress(OSError):
                path.rmdir()


def write_draft(
    source: Path, place: Path, files: Mapping[str, str], dropped: tuple[str, ...]
) -> None:
    """Copy a project to a folder that is not there yet, with some files saying something else.

    Links are left out: they may lead anywhere.
    """
    shutil.copytree(source, place, ignore=links_and_caches, symlinks=True)
    for path in dropped:
        (place / path).unlink(missing_ok=True)
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def move_in(place: Path, out: Path) -> None:
    """Move a finished folder to where it belongs, in one step."""
    with suppress(FileNotFoundError):
        out.rmdir()
    place.rename(out)


def links_and_caches(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in LEFT_OUT or Path(folder, name).is_symlink()}
