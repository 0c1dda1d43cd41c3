"""What happens to a file, for every state of new text, lock and disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from automcp.output.disk import Disk, Found, Standing, digest, observe
from automcp.output.files import File, Files, Owner
from automcp.output.lock import LOCK_NAME, Entry, Lock, Origin, Record, read_lock
from automcp.output.plan import Action, Change, Plan, Wanted, compare, paths

OLD, NEW, MINE = "old\n", "new\n", "mine\n"
GENERATED, SEEDED = Owner.GENERATED, Owner.SEEDED
SPEC_A, SPEC_B = "a" * 64, "b" * 64


def _lock(text: str | None, owner: Owner = GENERATED) -> Lock:
    if text is None:
        return Lock()
    entry = Entry(owner, digest(text.encode()))
    return Lock({"server": Record(Origin("1", SPEC_A, SPEC_A), {"f.py": entry})})


def _wanted(text: str | None, owner: Owner = GENERATED) -> dict[str, Wanted]:
    files = Files() if text is None else Files([File("f.py", text, owner)])
    return {"server": Wanted(Origin("1", SPEC_B, SPEC_A), files)}


def _disk(text: str | None) -> Disk:
    if text is None:
        return {"f.py": Found(Standing.ABSENT, real="f.py")}
    return {"f.py": Found(Standing.FILE, text.encode(), "f.py")}


def _only(plan: Plan) -> Change:
    (change,) = [change for change in plan.changes if change.path != LOCK_NAME]
    return change


TABLE = [
    # disk, lock, new, expected, code or part of the reason
    (OLD, OLD, OLD, Action.KEEP, ""),
    (OLD, OLD, NEW, Action.UPDATE, "spec changed"),
    (MINE, OLD, OLD, Action.CONFLICT, "AM501"),
    (MINE, OLD, NEW, Action.CONFLICT, "AM502"),
    (NEW, OLD, NEW, Action.KEEP, ""),
    (None, OLD, OLD, Action.CREATE, "missing"),
    (None, None, NEW, Action.CREATE, "new target"),
    (MINE, None, NEW, Action.CONFLICT, "AM503"),
    (NEW, None, NEW, Action.KEEP, ""),
    (OLD, OLD, None, Action.DELETE, "no longer generated"),
    (MINE, OLD, None, Action.CONFLICT, "AM502"),
    (None, OLD, None, Action.LEAVE, "already deleted"),
    ("old\r\n", OLD, OLD, Action.KEEP, ""),
    ("old\r\n", OLD, NEW, Action.UPDATE, "spec changed"),
]


@pytest.mark.parametrize(("disk", "lock", "new", "action", "why"), TABLE)
def test_generated(
    disk: str | None, lock: str | None, new: str | None, action: Action, why: str
) -> None:
    change = _only(compare(_wanted(new), _lock(lock), _disk(disk)))
    said = change.problem.code if change.problem else change.reason
    assert (change.action, said) == (action, why)


SEEDED_TABLE = [
    (MINE, OLD, NEW, Action.LEAVE),
    (MINE, None, NEW, Action.LEAVE),
    (None, OLD, NEW, Action.LEAVE),
    (None, None, NEW, Action.CREATE),
    (MINE, OLD, None, Action.LEAVE),
]


@pytest.mark.parametrize(("disk", "lock", "new", "action"), SEEDED_TABLE)
def test_seeded(disk: str | None, lock: str | None, new: str | None, action: Action) -> None:
    plan = compare(_wanted(new, SEEDED), _lock(lock, SEEDED), _disk(disk))
    assert (_only(plan).action, plan.problems) == (action, ())


def test_editing_what_is_yours_does_not_change_the_lock() -> None:
    first = compare(_wanted(OLD, SEEDED), Lock(), _disk(OLD))
    lock = read_lock(first.changes[-1].after or b"")
    second = compare(_wanted(OLD, SEEDED), lock, _disk(MINE))
    assert second.changes[-1].after == first.changes[-1].after


def test_a_generated_file_that_became_yours_is_left_alone() -> None:
    assert _only(compare(_wanted(NEW, SEEDED), _lock(OLD), _disk(OLD))).action is Action.LEAVE


def test_your_file_is_never_taken_over() -> None:
    change = _only(compare(_wanted(NEW), _lock(OLD, SEEDED), _disk(OLD)))
    assert change.problem is not None
    assert change.problem.code == "AM503"


REASONS = [
    (Origin("1", SPEC_A, SPEC_A), "template changed"),
    (Origin("2", SPEC_A, SPEC_A), "generator changed from 1 to 2"),
    (Origin("2", SPEC_A, SPEC_B), "options changed"),
    (Origin("2", SPEC_B, SPEC_B), "spec changed"),
]


@pytest.mark.parametrize(("origin", "reason"), REASONS)
def test_reasons(origin: Origin, reason: str) -> None:
    wanted = {"server": Wanted(origin, Files([File("f.py", NEW)]))}
    assert _only(compare(wanted, _lock(OLD), _disk(OLD))).reason == reason


def test_a_target_that_was_not_asked_for_keeps_its_files_and_entries() -> None:
    lock = Lock({**_lock(OLD).targets})
    plan = compare({}, lock, _disk(OLD), others=["server"])
    assert [change.path for change in plan.changes] == [LOCK_NAME]
    assert read_lock(plan.changes[-1].after or b"") == lock


def test_a_file_may_move_between_targets() -> None:
    wanted = {"client": Wanted(Origin("1", SPEC_A, SPEC_A), Files([File("f.py", NEW)]))}
    change = _only(compare(wanted, _lock(OLD), _disk(OLD)))
    assert (change.action, change.before, change.after) == (Action.UPDATE, b"old\n", b"new\n")


def test_an_edit_names_the_files_to_use_instead() -> None:
    files = Files(
        [
            File("server/pyproject.toml", "", SEEDED),
            File("server/src/s/handlers/orders.py", "", SEEDED),
            File("server/src/s/server.py", OLD),
        ]
    )
    entry = Entry(GENERATED, digest(OLD.encode()))
    origin = Origin("1", SPEC_A, SPEC_A)
    lock = Lock({"server": Record(origin, {"server/src/s/server.py": entry})})
    disk = {"server/src/s/server.py": Found(Standing.FILE, b"mine", "server/src/s/server.py")}
    (problem,) = compare({"server": Wanted(origin, files)}, lock, disk).problems
    assert "`server/src/s/handlers/orders.py`" in (problem.help or "")
    assert "pyproject" not in (problem.help or "")


def test_diff_is_unified_and_says_where_a_line_end_is_missing() -> None:
    change = Change("f.py", Action.UPDATE, GENERATED, before=b"a\nb", after=b"a\nc\n")
    assert change.diff() == (
        "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
    )


def test_the_lock_is_the_last_change() -> None:
    plan = compare(_wanted(NEW), Lock(), _disk(None))
    assert plan.changes[-1].path == LOCK_NAME


def _plan(root: Path, *names: str) -> Plan:
    origin = Origin("1", SPEC_A, SPEC_A)
    wanted = {"server": Wanted(origin, Files([File(name, NEW) for name in names]))}
    return compare(wanted, Lock(), observe(root, paths(wanted, Lock())))


def _codes(plan: Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


def test_upper_and_lower_case(tmp_path: Path) -> None:
    (tmp_path / "Server").mkdir()
    assert _codes(_plan(tmp_path, "server/f.py")) == ["AM505"]
    assert _codes(_plan(tmp_path, "Server/f.py")) == []


def test_links_that_lead_out(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "folder").symlink_to(outside)
    (root / "dangling").symlink_to(tmp_path / "nowhere")
    (outside / "f.py").write_text(NEW)
    (root / "file.py").symlink_to(outside / "f.py")
    for name in ("folder/f.py", "folder/new.py", "dangling", "dangling/f.py", "file.py"):
        assert _codes(_plan(root, name)) == ["AM506"], name


def test_links_within_the_root(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _codes(_plan(tmp_path, "link/f.py")) == []
    assert _codes(_plan(tmp_path, "link/f.py", "real/f.py")) == ["AM506"]


def test_something_else_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    assert _codes(_plan(tmp_path, "folder")) == ["AM507"]
    assert _codes(_plan(tmp_path, "file/f.py")) == ["AM507"]


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _codes(_plan(tmp_path / "link", "a/f.py")) == []
