"""Writes to the cache folder, and keeps it small."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from . import is_safe

_BLOCK = 4096
"""What even the smallest file takes of a disk."""


def keep(place: str, kind: str, entries: Iterable[tuple[str, bytes]], most: int) -> None:
    """Write entries, then delete the ones least recently used until all of the kind fit into `most` bytes.

    Does as much as the disk allows; `OSError` goes no further.
    """
    with suppress(OSError):
        shelf = Path(place, kind)
        Path(place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(place).mkdir(mode=0o700, exist_ok=True)
        if is_safe(place):
            shelf.mkdir(mode=0o700, exist_ok=True)
            for name, data in entries:
                _put(shelf / name, data)
            _make_room(shelf, most)


def _put(path: Path, data: bytes) -> None:
    """Swap a new file in, so that whoever reads meanwhile, or comes after a Ctrl-C, sees the old or the new one."""
    temporary = path.with_name(f".{token_hex(8)}.tmp")
    handle = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _make_room(shelf: Path, most: int) -> None:
    """Count temporary files too: those of runs that were killed get old and go."""
    found: list[tuple[float, int, str]] = []
    for item in os.scandir(shelf):
        with suppress(OSError):
            state = item.stat(follow_symlinks=False)
            found.append((state.st_mtime, max(state.st_size, _BLOCK), item.path))
    size = sum(bytes_ for _, bytes_, _ in found)
    for _, bytes_, path in sorted(found):
        if size <= most:
            return
        with suppress(OSError):
            Path(path).unlink()
            size -= bytes_
