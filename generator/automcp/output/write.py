"""Carries a plan out, all of it or nothing; no other module changes the disk."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from types import FrameType
from typing import TypeAlias

from ..text.report import Diagnostic, Report
from . import conflicts
from .disk import NOTHING, observe
from .plan import Action, Change, Plan

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | signal.Handlers


def write(root: Path, plan: Plan) -> None:
    """Write, and delete, what `plan` says below `root`; on any failure leave everything as it was.

    New bytes go to temporary siblings first; then each file is swapped in by a rename that can be
    undone, deletions come after that, and the lock last. Ctrl-C and SIGTERM wait for the next file
    boundary, undo what was done, and then take their course.

    Raises:
        Rejected: The plan has conflicts, a file is not as the plan saw it (`AM504`), or the disk
            refused (`AM508`).
    """
    _reject(*plan.problems)
    if not plan.writes:
        return
    with _held_signals() as pause:
        _check_unchanged(root, plan)
        journal = _Journal(root, pause)
        try:
            journal.carry_out(plan)
        except OSError as error:
            journal.undo()
            _reject(conflicts.not_written(_why(error, root)))
        except BaseException:
            journal.undo()
            raise
        journal.close()


class _Journal:
    """What has been done so far, so that it can be undone in reverse."""

    def __init__(self, root: Path, pause: Callable[[], None]) -> None:
        self._root = root
        self._pause = pause
        self._folders: list[Path] = []
        self._staged: dict[Path, Path] = {}
        self._saved: list[tuple[Path, Path | None]] = []

    def carry_out(self, plan: Plan) -> None:
        *files, lock = plan.changes
        put = [change for change in files if change.writes and change.after is not None]
        for change in (*put, *([lock] if lock.writes else ())):
            self._stage(self._place(change), change.after or b"")
        for change in put:
            self._swap(self._place(change))
        for change in files:
            if change.action is Action.DELETE:
                self._save(self._place(change), moved=True)
        if lock.writes:
            self._swap(self._place(lock))

    def undo(self) -> None:
        """Put everything back; goes on when a step fails, so that as much as possible is restored."""
        for place, copy in reversed(self._saved):
            with suppress(OSError):
                if copy is None:
                    place.unlink(missing_ok=True)
                elif copy.exists():
                    copy.replace(place)
                    # Renaming one of two names of the same file to the other does nothing.
                    copy.unlink(missing_ok=True)
        for temporary in self._staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()

    def close(self) -> None:
        """Let go of the old files, and of the folders that are empty without them."""
        for place, copy in self._saved:
            with suppress(OSError):
                if copy is not None:
                    copy.unlink()
            if not place.exists():
                self._remove_empty(place.parent)

    def _place(self, change: Change) -> Path:
        return self._root / (change.real or change.path)

    def _stage(self, place: Path, data: bytes) -> None:
        self._pause()
        self._make_folder(place.parent)
        temporary = _sibling(place)
        self._staged[place] = temporary
        mode = place.stat().st_mode & 0o7777 if place.exists() else None
        _write_through(temporary, data, mode)

    def _swap(self, place: Path) -> None:
        self._pause()
        self._save(place, moved=False)
        self._staged[place].replace(place)

    def _save(self, place: Path, *, moved: bool) -> None:
        """Keep the old file under another name; a second name costs no room on a full disk."""
        copy = _sibling(place) if place.exists() else None
        self._saved.append((place, copy))
        if copy is None:
            return
        if not moved:
            # Some file systems have no hard links; there the file is away for a moment.
            with suppress(OSError, NotImplementedError):
                copy.hardlink_to(place)
                return
        place.replace(copy)

    def _make_folder(self, folder: Path) -> None:
        missing: list[Path] = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            path.mkdir()
            self._folders.append(path)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._root and folder.is_relative_to(self._root):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    """Write a new file and wait until the disk has it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if mode is not None:
        path.chmod(mode)


def _sibling(place: Path) -> Path:
    return place.with_name(f".automcp-{token_hex(8)}.tmp")


def _check_unchanged(root: Path, plan: Plan) -> None:
    """Raise unless every file that is to change is as the plan saw it."""
    now = observe(root, [change.path for change in plan.writes])
    for change in plan.writes:
        found = now.get(change.path, NOTHING)
        if (found.data, found.real) != (change.before, change.real) or (
            conflicts.of_place(change.path, found)
        ):
            _reject(conflicts.changed_meanwhile(change.path))


def _reject(*problems: Diagnostic) -> None:
    report = Report()
    for problem in problems:
        report.add(problem)
    report.settle()


def _why(error: OSError, root: Path) -> str:
    """What the disk said, and of which folder: a temporary sibling's name tells nobody anything."""
    why = error.strerror or type(error).__name__
    if not isinstance(error.filename, str):
        return why
    folder = Path(error.filename).parent
    inside = folder.relative_to(root) if folder.is_relative_to(root) else folder
    where = "the project's folder" if inside == Path() else f"`{inside.as_posix()}`"
    return f"{why} (in {where})"


@contextmanager
def _held_signals() -> Generator[Callable[[], None]]:
    """Hold Ctrl-C and SIGTERM back; the yielded function gives up, at the caller's choice, if one came."""
    came: list[int] = []

    def hold(number: int, frame: FrameType | None) -> None:
        came.append(number)

    def pause() -> None:
        if came:
            raise KeyboardInterrupt

    before = _handlers()
    for number in before:
        signal.signal(number, hold)
    try:
        yield pause
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _handlers() -> dict[signal.Signals, _Handler]:
    """What would happen on each signal that can be held and is not ignored; only the main thread has any."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    found = {number: signal.getsignal(number) for number in _SIGNALS}
    return {
        number: handler
        for number, handler in found.items()
        if handler is not None and handler != signal.SIG_IGN
    }
