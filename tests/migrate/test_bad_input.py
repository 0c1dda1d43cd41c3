"""Folders that are no plain project: clear words, and nothing harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from automcp.migrate import tree
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from automcp.migrate.survey import survey
from automcp.migrate.tree import CannotRead

from .projects import project, run, snapshot

SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")

@mcp.tool()
def price(tea: str) -> str:
    """What tea costs."""
    return tea

if __name__ == "__main__":
    mcp.run()
'''
TRIAL = Trial(install=False)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no console script and no file"),
        ({"README.md": "# no server"}, "no console script and no file"),
        ({"package.json": "{}", "index.js": "1"}, "no console script and no file"),
        ({"app.py": "import flask\nif __name__ == '__main__': pass\n"}, "no console script"),
        ({"server.py": SERVER, "pyproject.toml": "[project\n"}, "`pyproject.toml` is no TOML"),
        ({"server.py": SERVER, "pyproject.toml": "project = 1\n"}, "`project` is no table"),
        ({"server.py": SERVER, "pyproject.toml": "[project]\ndependencies = 'mcp'\n"}, "`project.dependencies`"),
        ({"server.py": SERVER, "pyproject.toml": b"name = '\xff'\n"}, "`pyproject.toml` is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_migrated_is_said(
    files: dict[str, str | bytes], words: str, tmp_path: Path
) -> None:
    source = tmp_path / "legacy"
    source.mkdir()
    before = snapshot(project(source, files))
    done = run(source, "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert done.stderr.startswith("error: ")
    assert snapshot(source) == before
    assert [path.name for path in tmp_path.iterdir()] == ["legacy"]


def test_a_server_that_does_not_parse_is_named_with_its_line(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER + "def broken(:\n"})
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "`server.py`: line 12: " in done.stderr


def test_python_2_is_called_so(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER + 'print "tea"\n'})
    done = run(source, "--check")
    assert done.exit_code == 1
    assert "(Python 2)" in done.stderr


def test_files_beside_the_server_that_do_not_parse_stay_as_they_are(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "server.py": SERVER,
        "old.py": 'print "tea"\n',
        "nul.py": b"\0",
    }
    source = project(tmp_path / "legacy", files)
    carried, _ = migrate(source, tmp_path / "out", TRIAL)
    assert set(carried.project.unread) == {"old.py", "nul.py"}
    assert (tmp_path / "out" / "old.py").read_text() == 'print "tea"\n'
    assert "`old.py` stays as it is: line 1: " in (tmp_path / "out" / "MIGRATION.md").read_text()


def test_doubtful_sources_warn_nobody(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER + 'PATTERN = "\\d"\n'})
    migrate(source, None, TRIAL)
    assert [one for one in recwarn if issubclass(one.category, (SyntaxWarning, DeprecationWarning))] == []  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "first"),
    [("latin-1", "# -*- coding: latin-1 -*-\n"), ("utf-8-sig", ""), ("cp1252", "# coding: cp1252\n")],
)  # fmt: skip
def test_a_source_keeps_its_encoding(encoding: str, first: str, tmp_path: Path) -> None:
    text = first + SERVER.replace("What tea costs", "Was grüner Tee kostet")
    source = project(tmp_path / "legacy", {"server.py": text.encode(encoding)})
    migrate(source, tmp_path / "out", TRIAL)
    written = (tmp_path / "out" / "server.py").read_bytes()
    assert written == text.replace("mcp.server.fastmcp", "legacy_mcp.fastmcp").encode(encoding)


def test_a_source_that_is_not_what_it_says_is_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "server.py": SERVER,
        "notes.py": "x = 'grün'\n".encode("latin-1"),
    }
    source = project(tmp_path / "legacy", files)
    assert list(survey(source).unread) == ["notes.py"]


def test_requirements_of_windows_are_read(tmp_path: Path) -> None:
    listed = "mcp==1.9\r\nhttpx==0.27\r\n".encode("utf-16")
    source = project(tmp_path / "legacy", {"server.py": SERVER, "requirements.txt": listed})
    migrate(source, tmp_path / "out", TRIAL)
    assert (tmp_path / "out" / "requirements.txt").read_text().startswith("mcp<3,>=2")


def test_links_out_of_the_project_are_left_out_and_others_kept(tmp_path: Path) -> None:
    project(tmp_path / "secret", {"key.txt": "key"})
    source = project(tmp_path / "legacy", {"server.py": SERVER, "shared/words.txt": "words"})
    for name, target in {
        "absolute": str(tmp_path / "secret"),
        "up": "../secret",
        "itself": str(source / "shared"),
        "around": "../legacy/shared",
        "loop": "loop",
        "down": "shared",
        "shared/home": "..",
        "shared/code.py": "../server.py",
    }.items():
        (source / name).symlink_to(target)
    carried, _ = migrate(source, tmp_path / "out", TRIAL)
    left = {one.path for one in carried.project.left_out}
    assert left >= {"absolute", "up", "itself", "around"}
    out = tmp_path / "out"
    links = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_symlink()}
    assert links <= {"down", "shared/code.py", "loop"} | {"shared/home"}
    assert (out / "down" / "words.txt").read_text() == "words"
    assert (out / "shared" / "code.py").read_text() == (out / "server.py").read_text()
    assert "`up` is left out: it is a link that leads out of the project" in (out / "MIGRATION.md").read_text()  # fmt: skip
    assert (tmp_path / "secret" / "key.txt").read_text() == "key"


def test_a_link_in_the_place_of_the_adapter_leads_nobody_out(tmp_path: Path) -> None:
    victim = project(tmp_path / "victim", {"lowlevel.py": "mine"})
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    (source / "legacy_mcp").symlink_to(victim)
    (source / "start_server.py").symlink_to(victim / "lowlevel.py")
    migrate(source, tmp_path / "out", TRIAL)
    assert snapshot(victim) == {"lowlevel.py": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone has them")
def test_what_is_no_file_is_left_out(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    os.mkfifo(source / "pipe.py")
    carried, _ = migrate(source, tmp_path / "out", TRIAL)
    assert [(one.path, one.reason) for one in carried.project.left_out] == [
        ("pipe.py", "it is no regular file")
    ]


def _without_privileges(*words: object) -> subprocess.CompletedProcess[str]:
    """The command as somebody runs it whom the modes of files concern."""
    before: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("the superuser reads everything")
        gone = "-dac_override,-dac_read_search"
        before = [setpriv, f"--bounding-set={gone}", f"--inh-caps={gone}"]
    return subprocess.run(
        [*before, sys.executable, "-m", "automcp", "migrate", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of POSIX")
def test_what_cannot_be_read_is_left_out_and_read_only_files_are_no_trouble(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"server.py": SERVER, "data/db.bin": b"1", "key.pem": "key"}
    source = project(tmp_path / "legacy", files)
    (source / "key.pem").chmod(0)
    (source / "data").chmod(0)
    (source / "server.py").chmod(0o444)
    try:
        done = _without_privileges(source, "--out", tmp_path / "out", "--keep")
    finally:
        (source / "data").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "`data` is left out: it cannot be read" in done.stderr
    assert "`key.pem` is left out: it cannot be read" in done.stderr
    assert "legacy_mcp" in (tmp_path / "out" / "server.py").read_text()
    assert not (tmp_path / "out" / "key.pem").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of POSIX")
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    (tmp_path / "closed").mkdir(mode=0o555)
    done = _without_privileges(source, "--out", tmp_path / "closed" / "out")
    assert done.returncode == 1
    assert done.stderr == f"error: `{tmp_path / 'closed'}` cannot be written: Permission denied\n"


def test_a_result_never_comes_to_where_its_source_lies(tmp_path: Path) -> None:
    source = project(tmp_path / "work" / "legacy", {"server.py": SERVER})
    before = snapshot(tmp_path)
    for out in (source, source / "out", source.parent, tmp_path):
        done = run(source, "--out", out)
        assert done.exit_code == 1
        assert "the result has to be a folder of its own" in done.stderr
    (tmp_path / "file").write_text("mine")
    assert "is no folder" in run(source, "--out", tmp_path / "file").stderr
    assert "cannot be written" in run(source, "--out", tmp_path / "file" / "out").stderr
    (tmp_path / "file").unlink()
    assert snapshot(tmp_path) == before


def test_trees_without_an_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_FILES", 20)
    files: dict[str, str | bytes] = {f"data/{number}.txt": "1" for number in range(30)}
    source = project(tmp_path / "legacy", {"server.py": SERVER, **files})
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "more than 20 files; most of it lies in `data`" in done.stderr
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(tree, "MOST_BYTES", 20)
    monkeypatch.setattr(tree, "MOST_FILES", 100)
    with pytest.raises(CannotRead, match="larger than"):
        survey(source)


def test_folders_without_an_end_are_refused(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    place = source
    for _ in range(150):
        place = place / "d"
        place.mkdir()
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "more than 100 deep" in done.stderr


def test_environments_and_caches_are_no_part_of_a_project(tmp_path: Path) -> None:
    source = project(
        tmp_path / "legacy",
        {"server.py": SERVER, "my-env/pyvenv.cfg": "", "my-env/lib/x.py": "import mcp", "__pycache__/a.pyc": "1"},
    )  # fmt: skip
    migrate(source, tmp_path / "out", TRIAL)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"MIGRATION.md", "legacy_mcp", "pyproject.toml", "server.py", "start_server.py"}


def test_names_that_are_no_text_go_nowhere_but_into_the_copy(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    strange = [os.fsdecode(b"gr\xfcn.py"), "a\x1b[31m.py", "two\nlines.py"]
    for name in strange:
        (source / name).write_text("print 'x'\n")
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.stderr
    page = (tmp_path / "out" / "MIGRATION.md").read_text("utf-8")
    assert "\x1b" not in page
    assert "`two\\nlines.py`" in page
    assert {path.name for path in (tmp_path / "out").iterdir()} >= set(strange)
    assert run(source, "--check", "--json").exit_code == 0


def test_sources_that_nest_without_an_end_are_refused_or_passed_over(tmp_path: Path) -> None:
    deep = "x = " + "(" * 150 + "1" + ")" * 150 + "\ny = a" + ".b" * 50_000 + "\n"
    source = project(tmp_path / "legacy", {"server.py": SERVER, "deep.py": deep})
    done = run(source, "--out", tmp_path / "out")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, 1)
    own = SERVER + "z = mcp" + ".types" * 3_000 + "\n"
    done = run(project(tmp_path / "own", {"server.py": own}), "--out", tmp_path / "out2")
    assert done.exception is None or isinstance(done.exception, SystemExit)
