"""What lies in folders, as records: path, type, size, time of the last change."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from anyio import from_thread

from ..shared.failure import BackendError
from ..shared.model import Json
from .content import UNFINISHED
from .pattern import Pattern, State
from .place import HELD, NOFOLLOW, Place, is_link, refused

_MOST_LOOKED_AT = 100_000
_DEEPEST = 64
_FOLDER = os.O_RDONLY | NOFOLLOW | getattr(os, "O_DIRECTORY", 0)

Entry = dict[str, Json]


def entry(shown: str, status: os.stat_result) -> Entry:
    """One record.

    `path` counts from the root; `type` is `file`, `folder`, `link` or `other`; `size` is in bytes, 0 of what is no
    file; `modified` is a time of RFC 3339.
    """
    is_file = stat.S_ISREG(status.st_mode) and not is_link(status)
    return {
        "path": shown,
        "type": _type(status),
        "size": status.st_size if is_file else 0,
        "modified": _time(status.st_mtime_ns),
    }


def entries(place: Place, pattern: Pattern, limit: int) -> list[Entry]:
    """What lies in a folder and fits a pattern, in the order of paths; links are not followed.

    Names that are no Unicode text are left out.

    Raises:
        BackendError: There is more than `limit`, or too much to look at; or it is no folder.
        OSError: It cannot be read.
    """
    status = place.status()
    if problem := refused(place.shown, status):
        raise problem
    if not stat.S_ISDIR(status.st_mode):
        raise BackendError(f"{place.shown!r} is no folder")
    search = _Search(pattern, limit)
    search.look(place, pattern.start, 1)
    return sorted(search.found, key=lambda one: str(one["path"]).split("/"))


@dataclass(slots=True)
class _Search:
    pattern: Pattern
    limit: int
    found: list[Entry] = field(default_factory=list[Entry])
    looked_at: int = 0

    def look(self, place: Place, state: State, depth: int) -> None:
        """Add what fits, in a folder and below it. Raises `OSError` if the folder cannot be read."""
        with _below(place) as children:
            for child in children:
                self._count()
                following = self.pattern.after(state, _last(child.shown))
                # Meanwhile it may be gone.
                with suppress(FileNotFoundError):
                    self._add(child, following, depth)

    def _add(self, child: Place, state: State, depth: int) -> None:
        if not state:
            return
        status = child.status()
        if self.pattern.fits(state):
            if len(self.found) == self.limit:
                raise BackendError(f"there is more than {self.limit} entries: ask for less")
            self.found.append(entry(child.shown, status))
        if self.pattern.goes_on(state) and depth < _DEEPEST and refused("", status) is None:
            # Neither what is no folder (any more), nor what may not be read, is looked into.
            with suppress(OSError):
                self.look(child, state, depth + 1)

    def _count(self) -> None:
        self.looked_at += 1
        if self.looked_at > _MOST_LOOKED_AT:
            raise BackendError(f"there is too much to look at: more than {_MOST_LOOKED_AT} names")
        if self.looked_at % 256 == 0:
            from_thread.check_cancelled()


@contextmanager
def _below(place: Place) -> Generator[Iterator[Place]]:
    """What lies in a folder, which stays open as long as it is looked at."""
    opened = os.open(place.name, _FOLDER, dir_fd=place.folder) if HELD else None
    try:
        with os.scandir(place.name if opened is None else opened) as found:
            yield (_child(place, opened, one.name) for one in found if _is_shown(one.name))
    finally:
        if opened is not None:
            os.close(opened)


def _child(place: Place, opened: int | None, name: str) -> Place:
    shown = name if place.shown == "." else f"{place.shown}/{name}"
    return Place(opened, name if opened is not None else str(Path(place.name, name)), shown)


def _last(shown: str) -> str:
    return shown.rpartition("/")[2]


def _is_shown(name: str) -> bool:
    if UNFINISHED.fullmatch(name):
        return False
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _type(status: os.stat_result) -> str:
    if is_link(status):
        return "link"
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "file" if stat.S_ISREG(status.st_mode) else "other"


def _time(nanoseconds: int) -> str:
    try:
        at = datetime.fromtimestamp(nanoseconds // 1000 / 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        # File systems hold years that calendars do not.
        at = datetime.fromtimestamp(0, UTC)
    return at.isoformat().replace("+00:00", "Z")
