"""What a target gives back: files in memory, each with an owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Owner(StrEnum):
    """Who may change a file after it was written."""

    GENERATED = "generated"
    """Ours: rewritten on every run; edit the spec instead."""
    SEEDED = "seeded"
    """Yours: written once, never touched again."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to be.

    Attributes:
        path: Relative to the output root, with `/`; never leaves it.
        text: The whole content; written as UTF-8 with `\\n` line ends.
    """

    path: str
    text: str
    owner: Owner = Owner.GENERATED


class Files:
    """A set of files, sorted by path, no two at one path (or at paths that differ only in case)."""

    def __init__(self, files: Iterable[File] = ()) -> None:
        by_path: dict[str, File] = {}
        folded: dict[str, str] = {}
        for file in files:
            check_path(file.path)
            other = folded.setdefault(file.path.casefold(), file.path)
            if file.path in by_path or other != file.path:
                raise ValueError(f"two files at one path: {other} and {file.path}")
            by_path[file.path] = file
        self._files = dict(sorted(by_path.items()))

    def __iter__(self) -> Iterator[File]:
        return iter(self._files.values())

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, path: str) -> File:
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def under(self, folder: str) -> Files:
        """The same files, moved into `folder` (`"."` leaves them)."""
        prefix = "" if folder in ("", ".") else folder.rstrip("/") + "/"
        return Files(File(prefix + file.path, file.text, file.owner) for file in self)

    @classmethod
    def merge(cls, parts: Iterable[Files]) -> Files:
        """All files of all parts. Raises `ValueError` if two parts want one path."""
        return cls(file for part in parts for file in part)


def check_path(path: str) -> None:
    """Raise `ValueError` unless `path` is relative, normal, portable and stays inside its root."""
    steps = path.split("/")
    if not path or path.startswith("/") or any(step in ("", ".", "..") for step in steps):
        raise ValueError(f"not a path inside the output folder: {path!r}")
    if any(ord(char) < 32 or char in '\\:*?"<>|' for char in path):
        raise ValueError(f"a path must not contain this character: {path!r}")
