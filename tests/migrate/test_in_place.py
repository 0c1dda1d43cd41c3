"""`automcp migrate --sdk-only`: shown as a diff, applied whole or not at all, undone by git."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from automcp.migrate import in_place as module
from automcp.migrate.attempt import Attempts, Trial
from automcp.migrate.deliver import CannotDeliver
from automcp.migrate.entry import File
from automcp.migrate.in_place import apply, in_place
from automcp.migrate.survey import survey

from .projects import run
from .test_migrating import FAST, LOW, MAIN

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
TRIAL = Trial(install=False)
SCRIPT = {"server.py": FAST + MAIN, "requirements.txt": "mcp==1.9\n# kept\n", "notes/plan.md": "x"}
PACKAGED = {
    "pyproject.toml": '[project]\nname = "notes"\nversion = "1"\ndependencies = ["mcp<2"]\n[project.scripts]\nnotes = "notes:main"\n',
    "uv.lock": "version = 1\n",
    "src/notes/__init__.py": "from .server import main\n",
    "src/notes/server.py": LOW,
}


def _git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *identity, *words], capture_output=True, text=True, check=True)  # fmt: skip
    return done.stdout


def _repository(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "legacy")
    return folder


def _snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def test_a_diff_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    source = _repository(tmp_path, SCRIPT)
    before = _snapshot(source)
    done = run(source, "--sdk-only", "--diff")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "--- a/requirements.txt",
        "+++ b/requirements.txt",
        "@@ -1,2 +1,2 @@",
        "-mcp==1.9",
        "+mcp<3,>=2.3",
        " # kept",
        "--- a/server.py",
        "+++ b/server.py",
        "@@ -1,6 +1,6 @@",
        " from typing import Any",
        "-from mcp.server.fastmcp import FastMCP, Context",
        "-from mcp.types import ToolAnnotations",
        "+from legacy_mcp.fastmcp import FastMCP, Context",
        "+from legacy_mcp.types import ToolAnnotations",
        " ",
        ' mcp = FastMCP("shop", instructions="Sells tea.", host="0.0.0.0", dependencies=["httpx"])',
        " ",
    ]
    assert "would change: 2 files; new: legacy_mcp; removed: nothing" in done.stderr
    assert _snapshot(source) == before
    assert run(source, "--sdk-only", "--check").exit_code == 0
    assert _snapshot(source) == before


def test_the_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    source = _repository(tmp_path / "one", PACKAGED)
    other = _repository(tmp_path / "other", PACKAGED)
    (tmp_path / "patch").write_text(run(source, "--sdk-only", "--diff").stdout)
    _git(other, "apply", str(tmp_path / "patch"))
    assert run(source, "--sdk-only").exit_code == 0
    for path in ("src/notes/server.py", "pyproject.toml"):
        assert (other / path).read_text() == (source / path).read_text()


def test_what_is_applied_starts_and_is_undone_by_git(tmp_path: Path) -> None:
    source = _repository(tmp_path, SCRIPT)
    (source / "server.py").chmod(0o755)
    _git(source, "commit", "-qam", "mode")
    before = _snapshot(source)
    done = run(source, "--sdk-only")
    assert done.exit_code == 0, done.output
    assert "undo it with `git restore .` and `git clean -fd -- legacy_mcp`" in done.stderr
    # What lies where it lay is started as it was: it gets no command, and no manifest.
    assert not (source / "start_server.py").exists()
    assert not (source / "pyproject.toml").exists()
    assert (source / "server.py").stat().st_mode & 0o777 == 0o755
    assert _git(source, "status", "--porcelain").splitlines() == [
        " M requirements.txt",
        " M server.py",
        "?? legacy_mcp/",
    ]
    trying = Attempts(survey(source), tmp_path, Trial(install=False, python=Path(sys.executable)))
    shown = trying.shown(
        "it", source, Path(sys.executable), File(survey(source).sources["server.py"])
    )
    assert shown is not None, trying.reasons
    assert [tool["name"] for tool in shown.tools] == ["price"]
    _git(source, "restore", ".")
    _git(source, "clean", "-fdq", "--", "legacy_mcp")
    assert _snapshot(source) == before


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    source = _repository(tmp_path, PACKAGED)
    assert run(source, "--sdk-only").exit_code == 0
    assert not (source / "uv.lock").exists()
    _git(source, "add", "-A")
    _git(source, "commit", "-qm", "today's SDK")
    before = _snapshot(source)
    done = run(source, "--sdk-only")
    assert done.exit_code == 0
    assert "nothing changes" in done.stderr
    assert _snapshot(source) == before


def test_what_git_could_not_undo_is_refused(tmp_path: Path) -> None:
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "server.py").write_text(FAST + MAIN)
    done = run(loose, "--sdk-only")
    assert done.exit_code == 1
    assert "is in no git work tree" in done.stderr
    source = _repository(tmp_path / "repository", SCRIPT)
    (source / "notes" / "plan.md").write_text("changed")
    before = _snapshot(source)
    done = run(source, "--sdk-only")
    assert done.exit_code == 1
    assert f"commit or stash what is changed in `{source}` first: notes/plan.md" in done.stderr
    _git(source, "restore", ".")
    (source / ".gitignore").write_text("uv.lock\n")
    _git(source, "add", "-A")
    _git(source, "commit", "-qm", "ignore")
    (source / "uv.lock").write_text("mine")
    done = run(source, "--sdk-only")
    assert done.exit_code == 1
    assert "git does not know these files, which would change: uv.lock" in done.stderr
    assert _snapshot(source) == {
        **before,
        "notes/plan.md": (b"x", before["notes/plan.md"][1]),
        ".gitignore": (b"uv.lock\n", before["notes/plan.md"][1]),
        "uv.lock": (b"mine", before["notes/plan.md"][1]),
    }
    assert run(source, "--sdk-only", "--diff").exit_code == 0


def test_a_project_below_a_repository_is_looked_at_alone(tmp_path: Path) -> None:
    _repository(tmp_path, {f"servers/shop/{name}": text for name, text in SCRIPT.items()})
    (tmp_path / "elsewhere.txt").write_text("mine")
    _git(tmp_path, "add", "elsewhere.txt")
    done = run(tmp_path / "servers" / "shop", "--sdk-only", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["changed"] == ["requirements.txt", "server.py"]
    assert all(path.startswith("legacy_mcp/") for path in said["new"])
    assert (tmp_path / "servers" / "shop" / "legacy_mcp" / "lowlevel.py").is_file()


@pytest.mark.parametrize("fails_at", [0, 1, 4, 9])
def test_a_disk_that_refuses_leaves_all_as_it_was(
    fails_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _repository(tmp_path, PACKAGED)
    before = _snapshot(source)
    change = in_place(source, TRIAL)
    rename, left = Path.rename, [fails_at]

    def refusing(self: Path, target: Path) -> Path:
        if left[0] == 0:
            left[0] -= 1
            raise OSError(28, "No space left on device")
        left[0] -= 1
        return rename(self, target)

    monkeypatch.setattr(module.Path, "rename", refusing)
    with pytest.raises(CannotDeliver, match="No space left on device"):
        apply(change)
    monkeypatch.undo()
    assert _snapshot(source) == before
    assert _git(source, "status", "--porcelain") == ""


def test_an_interruption_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _repository(tmp_path, SCRIPT)
    change = in_place(source, TRIAL)
    rename, left = Path.rename, [5]

    def interrupted(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(module.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        apply(change)
    monkeypatch.undo()
    assert _git(source, "status", "--porcelain") == ""


def test_links_are_not_written_through(tmp_path: Path) -> None:
    source = _repository(tmp_path / "shop", {"conf/requirements.txt": "mcp==1.9\n", "server.py": FAST + MAIN})  # fmt: skip
    (source / "requirements.txt").symlink_to("conf/requirements.txt")
    _git(source, "add", "-A")
    _git(source, "commit", "-qm", "link")
    done = run(source, "--sdk-only")
    assert done.exit_code == 1
    assert "`requirements.txt` is a link: it is not written through" in done.stderr


def test_words_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    source = _repository(tmp_path, SCRIPT)
    for words in (["--diff"], ["--sdk-only", "--diff", "--out", "x"], ["--sdk-only", "--modernise"], []):  # fmt: skip
        assert run(source, *words).exit_code == 2


def test_with_a_folder_it_is_a_copy(tmp_path: Path) -> None:
    source = _repository(tmp_path / "legacy", SCRIPT)
    assert run(source, "--sdk-only", "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "legacy_mcp").is_dir()
    assert _git(source, "status", "--porcelain") == ""


def test_nothing_is_built_for_a_command_that_is_not_there(tmp_path: Path) -> None:
    page = '[project]\nname = "notes"\nversion = "1"\ndependencies = ["mcp<2"]\n'
    source = _repository(tmp_path, {"server.py": FAST + MAIN, "pyproject.toml": page})
    done = run(source, "--sdk-only", "--diff")
    assert "+dependencies" in done.stdout
    assert "build-system" not in done.stdout and "setuptools" not in done.stdout
