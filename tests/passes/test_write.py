"""Everything is written or nothing is, whatever goes wrong and whenever."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from automcp.output.disk import observe
from automcp.output.files import File, Files, Owner
from automcp.output.lock import LOCK_NAME, Lock, Origin, read_lock
from automcp.output.plan import Plan, Wanted, compare, paths
from automcp.output.write import write
from automcp.text.report import Rejected

HASH = "a" * 64
FIRST = {
    "s/keep.py": "keep\n",
    "s/change.py": "old\n",
    "s/gone/deep/file.py": "gone\n",
    "t.md": "t\n",
}
SECOND = {
    "s/keep.py": "keep\n",
    "s/change.py": "new\n",
    "s/new/deep/file.py": "new\n",
    "u.md": "u\n",
}

Tree = dict[str, tuple[bytes | None, int, int]]


def _plan(root: Path, files: dict[str, str]) -> Plan:
    lock_file = root / LOCK_NAME
    lock = read_lock(lock_file.read_bytes()) if lock_file.exists() else Lock()
    emitted = Files([File(path, text, Owner.GENERATED) for path, text in files.items()])
    wanted = {"server": Wanted(Origin("1", HASH, HASH), emitted)}
    return compare(wanted, lock, observe(root, paths(wanted, lock)))


def _tree(root: Path) -> Tree:
    """Every file and folder below `root`: bytes, mode, time of the last change."""
    found: Tree = {}
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() else None
        changed = status.st_mtime_ns if data is not None else 0
        found[path.relative_to(root).as_posix()] = (data, status.st_mode, changed)
    return found


def _texts(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and path.name != LOCK_NAME)
    return {path.relative_to(root).as_posix(): path.read_text() for path in files}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    write(place, _plan(place, FIRST))
    return place


def test_writes_and_deletes(root: Path) -> None:
    assert _texts(root) == FIRST
    write(root, _plan(root, SECOND))
    assert _texts(root) == SECOND
    assert not (root / "s/gone").exists()


def test_a_second_run_touches_nothing(root: Path) -> None:
    before = _tree(root)
    plan = _plan(root, FIRST)
    assert not plan.writes
    write(root, plan)
    assert _tree(root) == before


def test_keeps_the_mode_and_writes_plain_line_ends(root: Path) -> None:
    (root / "s/change.py").chmod(0o755)
    write(root, _plan(root, SECOND))
    assert stat.S_IMODE((root / "s/change.py").stat().st_mode) == 0o755
    assert (root / "s/change.py").read_bytes() == b"new\n"


def test_keeps_a_folder_that_holds_something_else(root: Path) -> None:
    (root / "s/gone/mine.txt").write_text("mine")
    write(root, _plan(root, SECOND))
    assert (root / "s/gone/mine.txt").read_text() == "mine"
    assert not (root / "s/gone/deep").exists()


def test_follows_a_link_within_the_root(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "s").symlink_to(tmp_path / "real")
    write(tmp_path, _plan(tmp_path, {"s/f.py": "x\n"}))
    assert (tmp_path / "real/f.py").read_text() == "x\n"
    assert (tmp_path / "s").is_symlink()


MEANWHILE: dict[str, Callable[[Path], object]] = {
    "edited": lambda root: (root / "s/change.py").write_text("edit"),
    "deleted": lambda root: (root / "s/change.py").unlink(),
    "created": lambda root: (root / "u.md").write_text("mine"),
    "to delete": lambda root: (root / "t.md").write_text("edit"),
    "lock": lambda root: (root / LOCK_NAME).write_text("edit"),
    "became a link": lambda root: (
        (root / "s").rename(root.parent / "s"),
        (root / "s").symlink_to(root.parent / "s"),
    ),
}


@pytest.mark.parametrize("meddle", MEANWHILE.values(), ids=MEANWHILE.keys())
def test_a_change_between_plan_and_write(root: Path, meddle: Callable[[Path], object]) -> None:
    plan = _plan(root, SECOND)
    meddle(root)
    before = _tree(root)
    with pytest.raises(Rejected) as caught:
        write(root, plan)
    assert [found.code for found in caught.value.report] == ["AM504"]
    assert _tree(root) == before


def test_a_conflict_writes_nothing(root: Path) -> None:
    (root / "s/change.py").write_text("mine")
    before = _tree(root)
    with pytest.raises(Rejected) as caught:
        write(root, _plan(root, SECOND))
    assert [found.code for found in caught.value.report] == ["AM502"]
    assert _tree(root) == before


class _Fault:
    """Lets a call through until the n-th, which fails."""

    def __init__(self, real: Callable[..., object], nth: int, error: BaseException) -> None:
        self._real, self._left, self._error = real, nth, error
        self.struck = False

    def __call__(self, *args: object, **kwargs: object) -> object:
        self._left -= 1
        if self._left == 0:
            self.struck = True
            raise self._error
        return self._real(*args, **kwargs)


FULL = OSError(errno.ENOSPC, "No space left on device")
READ_ONLY = PermissionError(errno.EACCES, "Permission denied")
STEPS = ["write", "replace", "open", "fsync", "mkdir", "link", "close"]


def _until_unharmed(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> Iterator[None]:
    """Run the write with a fault at the first, second, third ... call of `os.<step>` until it gets by."""
    before = _tree(root)
    for nth in itertools.count(1):
        fault = _Fault(getattr(os, step), nth, error)
        with monkeypatch.context() as patch:
            patch.setattr(os, step, fault)
            expected = Rejected if isinstance(error, OSError) else type(error)
            try:
                write(root, _plan(root, SECOND))
            except expected:
                assert fault.struck
        if not fault.struck or _texts(root) == SECOND:
            return
        assert _tree(root) == before, f"{step} number {nth}"
        yield


@pytest.mark.parametrize("error", [FULL, READ_ONLY, KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("step", [step for step in STEPS if step != "close"])
def test_a_fault_at_any_step_leaves_the_tree_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    faults = sum(1 for _ in _until_unharmed(root, monkeypatch, step, error))
    assert _texts(root) == SECOND
    # Without hard links (`link` refused) the write goes another way and succeeds.
    assert faults > 0 or (step == "link" and isinstance(error, OSError))
    assert not list(root.rglob("*.tmp"))


def test_a_disk_that_is_full_from_some_byte_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = _tree(root), os.write
    for room in range(0, 40, 3):
        left = [room]

        def scarce(handle: int, data: memoryview, left: list[int] = left) -> int:
            if left[0] == 0:
                raise FULL
            taken = real(handle, data[: left[0]])
            left[0] -= taken
            return taken

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", scarce)
            with pytest.raises(Rejected) as caught:
                write(root, _plan(root, SECOND))
        assert [found.code for found in caught.value.report] == ["AM508"]
        assert _tree(root) == before


def test_without_hard_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    before = _tree(root)
    monkeypatch.setattr(os, "link", refuse)
    for _ in _until_unharmed(root, monkeypatch, "replace", FULL):
        assert _tree(root) == before
    assert _texts(root) == SECOND


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_signal_undoes_everything_and_then_takes_its_course(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, step: str
) -> None:
    before, came = _tree(root), list[int]()
    real: Callable[..., object] = getattr(os, step)

    def interrupted(*args: object) -> object:
        if not came:
            os.kill(os.getpid(), number)
        return real(*args)

    def note(received: int, frame: object) -> None:
        came.append(received)

    handler = signal.signal(number, note)
    monkeypatch.setattr(os, step, interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            write(root, _plan(root, SECOND))
        assert signal.getsignal(number) is note
    finally:
        signal.signal(number, handler)
    assert came == [number]
    assert _tree(root) == before


def test_a_new_root_disappears_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "a" / "b"
    monkeypatch.setattr(os, "fsync", _Fault(os.fsync, 2, FULL))
    with pytest.raises(Rejected):
        write(root, _plan(root, FIRST))
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_killed_in_the_middle_is_finished_by_the_next(root: Path) -> None:
    (root / "s/change.py").write_text(SECOND["s/change.py"])
    (root / "t.md").unlink()
    write(root, _plan(root, SECOND))
    assert _texts(root) == SECOND
