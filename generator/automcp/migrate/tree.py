"""Walks the folder of a project: what belongs to it, and what is left out, and why."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

LEFT_OUT = frozenset(
    {
        ".git", ".hg", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".eggs",
        ".mypy_cache", ".pytest_cache", ".ruff_cache",
    }
)  # fmt: skip
"""Folders that no source lies in."""

MOST_FILES = 100_000
MOST_BYTES = 4 << 30
MOST_FOLDERS_DEEP = 100


class CannotRead(Exception):
    """A project cannot be worked on as it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a project.

    Attributes:
        path: Relative to the project, with slashes.
        kind: A link leads to another place in the same project.
        reason: Why it is left out; `None` if it is not.
    """

    path: str
    kind: Literal["folder", "file", "link"]
    reason: str | None = None


def walk(folder: Path) -> Iterator[Found]:
    """All that lies in a project but caches and environments, folders before what is in them, in a fixed order.

    Raises:
        CannotRead: There is too much of it, or the folder itself cannot be listed.
    """
    home = os.path.realpath(folder)
    queue = [""]
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    while queue:
        place = queue.pop()
        try:
            entries = sorted(os.scandir(folder / place), key=lambda one: one.name, reverse=True)
        except OSError as error:
            if not place:
                raise CannotRead(f"`{folder}` cannot be read: {error.strerror}") from error
            yield Found(place, "folder", "it cannot be read")
            continue
        if place and any(one.name == "pyvenv.cfg" for one in entries):
            continue
        if place:
            yield Found(place, "folder")
        for entry in reversed(entries):
            path = f"{place}/{entry.name}" if place else entry.name
            found = _file(entry, path, home)
            if found is not None:
                yield found
                counts[path.split("/")[0]] += 1
                sizes[path.split("/")[0]] += entry.stat(follow_symlinks=False).st_size
        _bounded(folder, place, counts, sizes)
        queue += [
            f"{place}/{one.name}" if place else one.name
            for one in entries
            if one.name not in LEFT_OUT and one.is_dir(follow_symlinks=False)
        ]


def _bounded(folder: Path, place: str, counts: Counter[str], sizes: Counter[str]) -> None:
    for counted, most, words in (
        (counts, MOST_FILES, f"has more than {MOST_FILES:,} files"),
        (sizes, MOST_BYTES, f"is larger than {MOST_BYTES / (1 << 30):g} GB"),
    ):
        if counted.total() > most:
            largest = counted.most_common(1)[0][0]
            raise CannotRead(
                f"`{folder}` {words}; most of it lies in `{largest}`: "
                "move what is no part of the project elsewhere"
            )
    if place.count("/") >= MOST_FOLDERS_DEEP:
        top = place.split("/")[0]
        raise CannotRead(
            f"`{folder}` has folders in `{top}` that lie more than {MOST_FOLDERS_DEEP} deep"
        )


def _file(entry: os.DirEntry[str], path: str, home: str) -> Found | None:
    if entry.name in LEFT_OUT:
        return None
    if entry.is_symlink():
        target = Path(entry.path).readlink().as_posix()
        inside = _stays(path, target) and _within(os.path.realpath(entry.path), home)
        return Found(path, "link", None if inside else "it is a link that leads out of the project")
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return Found(path, "file", "it is no regular file")
    readable = os.access(entry.path, os.R_OK)
    return Found(path, "file", None if readable else "it cannot be read")


def _stays(path: str, target: str) -> bool:
    """Whether a link says where it leads by first going up, no higher than the project, and then down.

    A copy of such links, next to copies of what they lead to, leads nowhere but into the copy.
    """
    parts = PurePosixPath(target).parts
    up = len(parts) - len([part for part in parts if part != ".."])
    return (
        not target.startswith("/") and ".." not in parts[up:] and up <= path.count("/") and up != len(parts)
    )  # fmt: skip


def _within(path: str, home: str) -> bool:
    return path.startswith(home.rstrip(os.sep) + os.sep)
