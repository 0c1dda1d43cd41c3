"""Places below a root, reached so that no link leads elsewhere, not even one that appears meanwhile.

Where the system can (Linux, macOS), every folder on the way is opened by its name in the one before, never through
a link, and what is done is done in the last one that is open. Windows lacks that: there paths are looked at first
and used then, so that somebody else who changes folders into links at that moment can lead a call astray.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ..shared.failure import BackendError
from .failure import Missing

T = TypeVar("T")
logger = logging.getLogger(__name__)

NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_WAY = _FOLDER | getattr(os, "O_PATH", os.O_RDONLY)
HELD = bool(NOFOLLOW) and {os.open, os.stat, os.mkdir, os.rename} <= os.supports_dir_fd
"""Whether the system opens files by their names in an open folder."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file or folder is, or could be.

    Attributes:
        folder: The open folder that it is in; `None` if `name` is a path.
        name: Its name there.
        shown: What callers call it.
    """

    folder: int | None
    name: str
    shown: str

    def beside(self, name: str) -> Place:
        """Another name in the same folder."""
        path = name if self.folder is not None else str(Path(self.name).with_name(name))
        return replace(self, name=path)

    def status(self) -> os.stat_result:
        """What is there, whatever it is. Raises `OSError`."""
        return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)

    def open(self, flags: int, mode: int = 0o666) -> int:
        """A file descriptor. Never waits, and opens no link. Raises `OSError`."""
        return os.open(self.name, flags | _ALWAYS, mode, dir_fd=self.folder)


_ALWAYS = (
    NOFOLLOW
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def is_link(status: os.stat_result) -> bool:
    """Whether it leads elsewhere: a symbolic link, or a junction of Windows."""
    tag = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def refused(shown: str, status: os.stat_result) -> BackendError | None:
    """Why nothing is done with what is there, if it is no plain file and no folder."""
    if is_link(status):
        return BackendError(f"{shown!r} is a link, and links are not followed")
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return BackendError(f"{shown!r} is no plain file")
    return None


def reached(
    root: str, names: Sequence[str], *, make: bool = False
) -> AbstractContextManager[Place]:
    """The place that `names` lead to; the folder that it is in is open, and closed with the block.

    Args:
        root: A folder, itself perhaps reached by links.
        make: Whether folders on the way are made where there are none.

    Raises:
        Missing: A folder on the way is not there.
        BackendError: There is something else in its place, or the root cannot be opened.
        OSError: It cannot be opened or made.
    """
    return (_held if HELD else _looked_at)(root, names, make)


@contextmanager
def _held(root: str, names: Sequence[str], make: bool) -> Generator[Place]:
    folder = _root(root, lambda: os.open(root, _WAY))
    try:
        for at, name in enumerate(names[:-1], 1):
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=folder)
            below = _below(Place(folder, name, "/".join(names[:at])))
            os.close(folder)
            folder = below
        yield Place(folder, names[-1] if names else ".", "/".join(names) or ".")
    finally:
        os.close(folder)


def _below(place: Place) -> int:
    try:
        return os.open(place.name, _WAY | NOFOLLOW, dir_fd=place.folder)
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP):
            raise _no_folder(place) from None
        raise


@contextmanager
def _looked_at(root: str, names: Sequence[str], make: bool) -> Generator[Place]:
    folder = _root(root, lambda: Path(root).resolve(strict=True))
    for at, name in enumerate(names[:-1], 1):
        place = Place(None, str(folder / name), "/".join(names[:at]))
        if make:
            with suppress(FileExistsError):
                (folder / name).mkdir()
        status = place.status()
        if is_link(status) or not stat.S_ISDIR(status.st_mode):
            raise _no_folder(place)
        folder = folder / name
    yield Place(None, str(folder.joinpath(*names[-1:])), "/".join(names) or ".")


def _root(root: str, reach: Callable[[], T]) -> T:
    try:
        return reach()
    except OSError as error:
        logger.error("the root %s cannot be opened: %s", Path(root).absolute(), error)
        is_there = error.errno not in (errno.ENOENT, errno.ENOTDIR)
        reason = error.strerror if is_there else "there is no such folder"
        message = f"{root!r}, the folder of all files, cannot be opened: {reason}"
        raise BackendError(message) from error


def _no_folder(place: Place) -> BackendError:
    with suppress(OSError):
        if problem := refused(place.shown, place.status()):
            return problem
    return Missing(place.shown)
