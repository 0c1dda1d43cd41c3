"""Compares the files that are to be with the lock and the disk, and says what would happen and why."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ..text.report import Diagnostic
from . import conflicts
from .disk import NOTHING, Disk, Found, Standing, digest
from .files import File, Files, Owner
from .lock import LOCK_NAME, Entry, Lock, Origin, Record, dump_lock


class Action(StrEnum):
    """What would be done with a file."""

    KEEP = "keep"
    LEAVE = "leave"
    """Yours: not looked at further."""
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """One file: what is to be done, and why.

    Attributes:
        before: The bytes on the disk; `None` if there is no file.
        after: The bytes to be; `None` if there is to be no file.
        real: Where the file really is, if a folder on the way is a link.
        problem: Why it cannot be done, for a conflict.
    """

    path: str
    action: Action
    owner: Owner
    reason: str = ""
    before: bytes | None = None
    after: bytes | None = None
    real: str = ""
    problem: Diagnostic | None = None

    @property
    def writes(self) -> bool:
        return self.action in (Action.CREATE, Action.UPDATE, Action.DELETE)

    def diff(self) -> str:
        """A unified diff from the disk to what is to be; empty if nothing differs."""
        old, new = _lines(self.before), _lines(self.after)
        name_old = f"a/{self.path}" if self.before is not None else "/dev/null"
        name_new = f"b/{self.path}" if self.after is not None else "/dev/null"
        return "".join(_ended(difflib.unified_diff(old, new, name_old, name_new)))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a run would do; the lock is the last change.

    Attributes:
        changes: One per file, sorted by path, then the lock's own.
    """

    changes: tuple[Change, ...]

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Why nothing may be written; empty if everything may."""
        return tuple(change.problem for change in self.changes if change.problem)

    @property
    def writes(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.writes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one target gave, and what it was made from."""

    origin: Origin
    files: Files


def paths(wanted: Mapping[str, Wanted], lock: Lock) -> set[str]:
    """Every path that `compare` has to know the disk's state of."""
    emitted = {file.path for want in wanted.values() for file in want.files}
    locked = {path for record in lock.targets.values() for path in record.files}
    return emitted | locked | {LOCK_NAME}


def compare(
    wanted: Mapping[str, Wanted], lock: Lock, disk: Disk, *, others: Iterable[str] = ()
) -> Plan:
    """Decide about every file.

    Args:
        wanted: What each target gave, by the target's name.
        disk: The state of every path that `paths` names.
        others: Targets of the project that were not asked for this time: their files stay as they are.
    """
    spared = {name: lock.targets[name] for name in others if name in lock.targets}
    locked = {
        path: entry for record in lock.targets.values() for path, entry in record.files.items()
    }
    kept = {path for record in spared.values() for path in record.files}
    changes: list[Change] = []
    records = dict(spared)
    for name, want in wanted.items():
        decided = _emitted(want, _reason(want.origin, lock.targets.get(name)), locked, disk)
        changes += decided
        kept |= {change.path for change in decided}
        records[name] = Record(want.origin, _entries(decided, locked))
    gone = {path: entry for path, entry in locked.items() if path not in kept}
    changes += [_gone(path, entry, disk.get(path, NOTHING)) for path, entry in gone.items()]
    changes = _once_each(sorted(changes, key=lambda change: change.path))
    return Plan((*changes, _lock_change(Lock(records), disk.get(LOCK_NAME, NOTHING))))


def _emitted(want: Wanted, reason: str, locked: Mapping[str, Entry], disk: Disk) -> list[Change]:
    yours = tuple(file.path for file in want.files if file.owner is Owner.SEEDED)
    return [
        _decide(file, locked.get(file.path), disk.get(file.path, NOTHING), reason, yours)
        for file in want.files
    ]


def _reason(new: Origin, record: Record | None) -> str:
    if record is None:
        return "new target"
    old = record.origin
    if new.spec != old.spec:
        return "spec changed"
    if new.options != old.options:
        return "options changed"
    if new.generator != old.generator:
        return f"generator changed from {old.generator} to {new.generator}"
    return "template changed"


def _decide(
    file: File, entry: Entry | None, found: Found, reason: str, yours: tuple[str, ...]
) -> Change:
    after = file.text.encode()
    change = Change(file.path, Action.KEEP, file.owner, "", found.data, after, found.real)
    if problem := conflicts.of_place(file.path, found):
        return _conflict(change, problem)
    if file.owner is Owner.SEEDED:
        return _decide_seeded(change, entry)
    if found.standing is Standing.ABSENT:
        return replace(change, action=Action.CREATE, reason="missing" if entry else reason)
    return _decide_present(change, entry, reason, yours)


def _decide_seeded(change: Change, entry: Entry | None) -> Change:
    if change.before is not None:
        return replace(change, action=Action.LEAVE, after=change.before, reason="yours")
    if entry and entry.owner is Owner.SEEDED:
        return replace(change, action=Action.LEAVE, after=None, reason="yours, and deleted")
    return replace(change, action=Action.CREATE, reason="new, yours from now on")


def _decide_present(
    change: Change, entry: Entry | None, reason: str, yours: tuple[str, ...]
) -> Change:
    if change.before == change.after:
        return change
    on_disk, new = digest(change.before or b""), digest(change.after or b"")
    if on_disk == new:
        return replace(change, after=change.before)
    if entry is None or entry.owner is Owner.SEEDED:
        return _conflict(change, conflicts.stranger(change.path))
    if on_disk == entry.sha256:
        return replace(change, action=Action.UPDATE, reason=reason)
    if new == entry.sha256:
        return _conflict(change, conflicts.edited(change.path, yours))
    return _conflict(change, conflicts.both_changed(change.path, reason, yours))


def _gone(path: str, entry: Entry, found: Found) -> Change:
    """A file of the lock that is no longer emitted."""
    change = Change(path, Action.LEAVE, entry.owner, "", found.data, found.data, found.real)
    if entry.owner is Owner.SEEDED:
        return replace(change, reason="yours, and no longer needed")
    if found.standing is Standing.ABSENT:
        return replace(change, reason="already deleted")
    if problem := conflicts.of_place(path, found):
        return _conflict(change, problem)
    change = replace(change, after=None)
    if digest(found.data or b"") == entry.sha256:
        return replace(change, action=Action.DELETE, reason="no longer generated")
    return _conflict(change, conflicts.edited_and_gone(path))


def _conflict(change: Change, problem: Diagnostic) -> Change:
    return replace(change, action=Action.CONFLICT, reason=problem.message, problem=problem)


def _entries(decided: Iterable[Change], locked: Mapping[str, Entry]) -> dict[str, Entry]:
    """What the lock will say of a target's files; what is yours keeps its entry, however often you edit it."""
    entries: dict[str, Entry] = {}
    for change in decided:
        known = locked.get(change.path)
        if known and known.owner is Owner.SEEDED and change.action is Action.LEAVE:
            entries[change.path] = known
        else:
            entries[change.path] = Entry(change.owner, digest(change.after or b""))
    return entries


def _once_each(changes: Iterable[Change]) -> list[Change]:
    """Refuse to write to a place where a link has already led another file."""
    first: dict[str, str] = {}
    checked: list[Change] = []
    for change in changes:
        other = first.setdefault(change.real or change.path, change.path)
        if other != change.path and change.writes:
            change = _conflict(change, conflicts.one_place(change.path, other))
        checked.append(change)
    return checked


def _lock_change(lock: Lock, found: Found) -> Change:
    after = dump_lock(lock).encode()
    change = Change(LOCK_NAME, Action.KEEP, Owner.GENERATED, "", found.data, after, found.real)
    if problem := conflicts.of_place(LOCK_NAME, found):
        return _conflict(change, problem)
    if found.data is None:
        return replace(change, action=Action.CREATE, reason="missing")
    if digest(found.data) == digest(after):
        return replace(change, after=found.data)
    return replace(change, action=Action.UPDATE, reason="records this run")


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    return list(io.StringIO(text, newline="\n"))


def _ended(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
