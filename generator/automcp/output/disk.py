"""What stands on the disk where files are to go; reads, never writes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Standing(StrEnum):
    """What is found at a path."""

    ABSENT = "absent"
    FILE = "file"
    BLOCKED = "blocked"
    """Something that is no plain readable file, at the path or in place of one of its folders."""
    OUTSIDE = "outside"
    """A link at the path, or on the way to it, leads out of the root (or nowhere)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One path as it is on the disk.

    Attributes:
        data: The bytes of a file, else `None`.
        real: Where a file is or would be, relative to the root, links within the root followed.
        clash: A neighbour whose name differs only in case, on the first step that has one.
        blocker: What is in the way, for `BLOCKED` and `OUTSIDE`.
    """

    standing: Standing
    data: bytes | None = None
    real: str = ""
    clash: str | None = None
    blocker: str = ""


Disk = Mapping[str, Found]
NOTHING = Found(Standing.ABSENT)


def digest(data: bytes) -> str:
    """The SHA-256 of a text file, in hex; Windows line ends count as plain ones, as version control may swap them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def observe(root: Path, paths: Iterable[str]) -> Disk:
    """Look at `paths` (relative, with `/`) below `root`, which need not exist."""
    eye = _Eye(Path(os.path.realpath(root)))
    return {path: eye.look(path) for path in paths}


class _Eye:
    """Lists every folder once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names: dict[Path, dict[str, str]] = {}

    def look(self, path: str) -> Found:
        steps = path.split("/")
        folder, clash = self._root, None
        for depth, step in enumerate(steps, 1):
            last = depth == len(steps)
            clash = clash or self._clash(folder, step, steps[: depth - 1])
            try:
                place = self._follow(folder / step)
            except OSError:
                return Found(Standing.OUTSIDE, blocker="/".join(steps[:depth]))
            if place is None:
                rest = "/".join(
                    (folder / step).relative_to(self._root).parts + tuple(steps[depth:])
                )
                return Found(Standing.ABSENT, real=rest, clash=clash)
            if not last and not place.is_dir():
                return Found(Standing.BLOCKED, clash=clash, blocker="/".join(steps[:depth]))
            folder = place
        return self._read(folder, path, clash)

    def _follow(self, place: Path) -> Path | None:
        """Where `place` really is; `None` if nothing is there. Raises `OSError` if that is outside."""
        try:
            kind = place.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISLNK(kind):
            return place
        real = Path(os.path.realpath(place, strict=True))
        if not real.is_relative_to(self._root):
            raise OSError("outside")
        return real

    def _read(self, place: Path, path: str, clash: str | None) -> Found:
        try:
            if not stat.S_ISREG(place.stat().st_mode):
                return Found(Standing.BLOCKED, clash=clash, blocker=path)
            data = place.read_bytes()
        except OSError:
            return Found(Standing.BLOCKED, clash=clash, blocker=path)
        real = place.relative_to(self._root).as_posix()
        return Found(Standing.FILE, data, real, clash)

    def _clash(self, folder: Path, name: str, above: list[str]) -> str | None:
        if folder not in self._names:
            self._names[folder] = _by_folded_name(folder)
        names = self._names[folder]
        other = names.get(name.casefold(), name)
        return None if other == name or name in names.values() else "/".join([*above, other])


def _by_folded_name(folder: Path) -> dict[str, str]:
    try:
        names = sorted(item.name for item in folder.iterdir())
    except OSError:
        return {}
    return {name.casefold(): name for name in names}
