"""What is in a file, or will be: read whole, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress

from anyio import from_thread

from ..shared.failure import BackendError
from .failure import Existing
from .place import Place, refused

_CHUNK = 1 << 20
UNFINISHED = re.compile(r"\.~[0-9a-f]{16}\.tmp")
"""The names of files that are being written."""

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def read(place: Place, limit: int) -> bytes:
    """All of a file. Raises `BackendError` if it is none, or longer than `limit` bytes; `OSError`."""
    _check_plain(place, place.status())
    with _opened(place, os.O_RDONLY) as file:
        status = os.fstat(file)
        _check_plain(place, status)
        _check_size(place, status.st_size, limit)
        chunks: list[bytes] = []
        room = limit + 1
        # The file may have grown since, and some are longer than they say.
        while room and (chunk := os.read(file, min(room, _CHUNK))):
            chunks.append(chunk)
            room -= len(chunk)
            from_thread.check_cancelled()
        _check_size(place, limit + 1 - room, limit)
    return b"".join(chunks)


def write(place: Place, content: bytes, *, replaces: bool) -> None:
    """Put a file with this content there, in one step: nobody ever sees half of it.

    Args:
        replaces: Whether it may take the place of another file; else `Existing` is raised.
    """
    mode = _mode_of_old(place, replaces)
    draft = place.beside(f".~{secrets.token_hex(8)}.tmp")
    try:
        with _opened(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file, mode)
            _write_all(file, content)
            os.fsync(file)
        from_thread.check_cancelled()
        if replaces:
            os.replace(draft.name, place.name, src_dir_fd=draft.folder, dst_dir_fd=place.folder)
        else:
            _move_to_free_name(draft, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft.name, dir_fd=draft.folder)
        raise
    _keep_name(place)


def append(place: Place, content: bytes, limit: int, *, makes: bool) -> None:
    """Add to the end of a file, which then has at most `limit` bytes.

    Args:
        makes: Whether the file is made if there is none; else `FileNotFoundError` is raised.
    """
    with suppress(FileNotFoundError):
        _check_plain(place, place.status())
    with _opened(place, os.O_WRONLY | os.O_APPEND | (os.O_CREAT if makes else 0)) as file:
        status = os.fstat(file)
        _check_plain(place, status)
        _check_size(place, status.st_size + len(content), limit)
        _write_all(file, content)
        os.fsync(file)


def delete(place: Place) -> None:
    """Remove a file, or an empty folder."""
    status = place.status()
    if problem := refused(place.shown, status):
        raise problem
    if not stat.S_ISDIR(status.st_mode):
        os.unlink(place.name, dir_fd=place.folder)
        return
    try:
        os.rmdir(place.name, dir_fd=place.folder)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise BackendError(f"the folder {place.shown!r} is not empty") from None
        raise


@contextmanager
def _opened(place: Place, flags: int) -> Generator[int]:
    file = place.open(flags)
    try:
        yield file
    finally:
        os.close(file)


def _write_all(file: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]


def _check_plain(place: Place, status: os.stat_result) -> None:
    if problem := refused(place.shown, status):
        raise problem
    if stat.S_ISDIR(status.st_mode):
        raise BackendError(f"{place.shown!r} is a folder")


def _check_size(place: Place, size: int, limit: int) -> None:
    if size > limit:
        raise BackendError(f"{place.shown!r} has more than the {limit} bytes that are allowed")


def _mode_of_old(place: Place, replaces: bool) -> int | None:
    """The rights of the file that is replaced, which the new one keeps."""
    try:
        status = place.status()
    except FileNotFoundError:
        return None
    if not replaces:
        raise Existing(place.shown)
    _check_plain(place, status)
    return stat.S_IMODE(status.st_mode) & 0o777


def _move_to_free_name(draft: Place, place: Place) -> None:
    """Give a file its name, unless there is something of that name: renaming would replace it."""
    try:
        os.link(
            draft.name,
            place.name,
            src_dir_fd=draft.folder,
            dst_dir_fd=place.folder,
            # Windows cannot say it, and has no folder that is open.
            follow_symlinks=os.link not in os.supports_follow_symlinks,
        )
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without second names: the name is taken first, and what took it is replaced.
        os.close(place.open(os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        os.replace(draft.name, place.name, src_dir_fd=draft.folder, dst_dir_fd=place.folder)
    else:
        os.unlink(draft.name, dir_fd=draft.folder)


def _keep_name(place: Place) -> None:
    """Have the folder's own content on disk, where systems can."""
    if place.folder is None:
        return
    with suppress(OSError):
        folder = os.open(".", os.O_RDONLY, dir_fd=place.folder)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
