"""Compares a result that is there with what would be written today."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .survey import LOCKS
from .tree import walk


def differing(place: Path, out: Path, beside: Collection[str]) -> tuple[str, ...]:
    """The files that are not in `out` as they are in `place`, or are there alone, in order.

    Lock files that were made since do not count, nor does what tools leave behind.

    Args:
        beside: Files that may say anything.

    Raises:
        CannotRead: `out` cannot be read.
    """
    wanted, found = _files(place), _files(out)
    skipped = {*beside, *LOCKS}
    return tuple(
        path
        for path in sorted(wanted | found)
        if path not in skipped
        and ".egg-info/" not in path
        and not (path in wanted and path in found and _same(place / path, out / path))
    )


def _files(folder: Path) -> set[str]:
    return {one.path for one in walk(folder) if one.kind != "folder" and one.reason is None}


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
