"""Files of a project that have the names of what a migration writes: none of them is replaced."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from automcp.migrate.carry import carry
from automcp.migrate.in_place import in_place
from automcp.migrate.project import check, migrate
from automcp.migrate.prove import Trial
from automcp.migrate.report import summary
from automcp.migrate.survey import survey
from automcp.migrate.tree import CannotRead

from .projects import project, run, snapshot
from .test_migrating import FAST, MAIN
from .test_modern import SERVER

TRIAL = Trial(install=False)


@pytest.mark.parametrize("name", ["spec.yaml", "automcp.toml", "automcp.lock"])
def test_nothing_is_compiled_over_files_of_the_project(name: str, tmp_path: Path) -> None:
    source = project(tmp_path / "shop", {"server.py": SERVER, name: "mine\n"})
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    reason = f"`{name}`, which compiling would write, is the project's own"
    assert f"nothing is compiled: {reason}" in done.stderr
    found = snapshot(tmp_path / "out")
    assert found[name] == b"mine\n"
    others = {"spec.yaml", "automcp.toml", "automcp.lock"} - {name}
    assert not others & found.keys()
    assert b"from legacy_mcp.fastmcp import" in found["server.py"]
    page = found["MIGRATION.md"].decode()
    assert f"| `server.py:7` | `price` | {reason.replace('`', chr(39))} |" in page
    assert run(source, "--out", tmp_path / "out").exit_code == 0
    assert snapshot(tmp_path / "out") == found


def test_a_compiled_package_hides_nothing(tmp_path: Path) -> None:
    taken = dict.fromkeys(("shop_server.py", "shop_tools_server.py", "shop_compiled_server.py"), "")
    source = project(tmp_path / "shop", {"server.py": SERVER, **taken})
    modern = carry(survey(source), modern=True).modern
    assert modern is not None
    assert modern.compiled is None
    assert modern.without is not None
    assert modern.without.startswith("`shop_compiled_server.py`")


@pytest.mark.parametrize("words", [["--out", "out"], ["--out", "out", "--keep"], ["--sdk-only"], ["--sdk-only", "--out", "out"]])  # fmt: skip
@pytest.mark.parametrize("name", ["legacy_mcp/__init__.py", "legacy_mcp.py", "legacy_mcp/data.txt"])
def test_a_name_of_the_adapter_that_is_taken_is_refused(
    name: str, words: list[str], tmp_path: Path
) -> None:
    source = project(tmp_path / "shop", {"server.py": SERVER, name: "MINE = 1\n"})
    before = snapshot(tmp_path)
    said = [str(tmp_path / one) if one == "out" else one for one in words]
    done = run(source, *said)
    assert done.exit_code == 1, done.output
    own = "legacy_mcp.py" if name == "legacy_mcp.py" else "legacy_mcp"
    assert done.stderr == (
        f"error: `{own}` is the project's own, and the adapter for `mcp` has to be `legacy_mcp` there: "
        "rename it, with what imports it, and migrate again\n"
    )
    assert snapshot(tmp_path) == before


def test_what_git_leaves_of_an_adapter_takes_no_name(tmp_path: Path) -> None:
    files = {"server.py": SERVER, "legacy_mcp/fastmcp/__pycache__/tools.pyc": "1"}
    source = project(tmp_path / "shop", files)
    assert run(source, "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/legacy_mcp/fastmcp/__init__.py").is_file()


@pytest.mark.parametrize("main", [MAIN, ""], ids=["server", "beside"])
def test_a_start_server_of_the_project_stays(main: str, tmp_path: Path) -> None:
    own = FAST + MAIN if main else "print('mine')\n"
    files = {"start_server.py": own} if main else {"start_server.py": own, "server.py": FAST + MAIN}
    source = project(tmp_path / "shop", files)
    trial = replace(TRIAL, python=Path(sys.executable))
    carried, proof = migrate(source, tmp_path / "out", trial, modern=False)
    assert carried.script == ("shop", "start_mcp_server:main")
    assert proof.after is not None, proof.reasons
    assert [tool["name"] for tool in proof.after.tools] == ["price"]
    text = (tmp_path / "out/start_server.py").read_text()
    assert text == (own.replace("mcp.server.fastmcp", "legacy_mcp.fastmcp").replace("mcp.types", "legacy_mcp.types"))  # fmt: skip
    migrate(tmp_path / "out", tmp_path / "twice", TRIAL)
    assert snapshot(tmp_path / "twice") == snapshot(tmp_path / "out")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_in_place_a_start_server_of_the_project_stays_alone(tmp_path: Path) -> None:
    files = {"start_server.py": "print('mine')\n", "server.py": FAST + MAIN}
    source = project(tmp_path / "shop", {**files, "requirements.txt": "mcp<2\n"})
    subprocess.run(["git", "-C", str(source), "init", "-q"], check=True)
    change = in_place(source, TRIAL)
    tops = {path for path in change.files if not path.startswith("legacy_mcp/")}
    assert tops == {"server.py", "requirements.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges there")
def test_in_place_nothing_is_written_through_a_linked_folder(tmp_path: Path) -> None:
    victim = project(tmp_path / "victim", {"lowlevel.py": "mine"})
    source = project(tmp_path / "shop", {"server.py": FAST + MAIN})
    (source / "legacy_mcp").symlink_to(victim)
    with pytest.raises(CannotRead, match="is a link"):
        in_place(source, TRIAL)
    assert snapshot(victim) == {"lowlevel.py": b"mine"}


def test_a_migration_page_of_the_project_stays_and_that_is_said(tmp_path: Path) -> None:
    source = project(tmp_path / "shop", {"server.py": SERVER, "MIGRATION.md": "# Our move\n"})
    line = "`MIGRATION.md` is not written: the project has one of its own"
    for words in (["--out", tmp_path / "out"], ["--check"], ["--check", "--out", tmp_path / "out"]):
        done = run(source, *words)
        assert done.exit_code == 0, done.output
        assert done.stderr.splitlines().count(line) == 1
    assert (tmp_path / "out/MIGRATION.md").read_text() == "# Our move\n"
    said = json.loads(run(source, "--check", "--json").stdout)
    assert said["not_written"] == {"MIGRATION.md": "the project has one of its own"}
    plain = project(tmp_path / "plain", {"server.py": SERVER})
    migrate(plain, tmp_path / "once", TRIAL)
    carried, proof = migrate(tmp_path / "once", tmp_path / "twice", TRIAL)
    assert not any("MIGRATION.md" in one for one in summary(carried, proof))


@pytest.mark.parametrize("needed", ["mcp<2", "fastmcp<2", "fastmcp<3"])
def test_every_adapter_is_known_again(needed: str, tmp_path: Path) -> None:
    imported = "mcp.server.fastmcp" if needed.startswith("mcp") else "fastmcp"
    text = FAST.replace("mcp.server.fastmcp", imported).replace("from mcp.types import ToolAnnotations\n", "").replace("annotations=ToolAnnotations(readOnlyHint=True)", "")  # fmt: skip
    source = project(tmp_path / "shop", {"server.py": text + MAIN, "requirements.txt": needed})
    migrate(source, tmp_path / "once", TRIAL)
    carried, _ = migrate(tmp_path / "once", tmp_path / "twice", TRIAL)
    assert carried.files == {}
    assert snapshot(tmp_path / "twice") == snapshot(tmp_path / "once")


@pytest.mark.parametrize(
    ("trial", "line"),
    [
        (TRIAL, "the legacy server and the result were not started, as nothing may be installed: give `--yes`, or `--python` and `--new-python`"),
        (replace(TRIAL, python=Path(sys.executable)), "the legacy server was not started, as nothing may be installed: give `--yes`, or `--python`"),
    ],
    ids=["neither", "legacy"],
)  # fmt: skip
def test_one_line_says_why_nothing_was_tried_and_what_to_give(
    trial: Trial, line: str, tmp_path: Path
) -> None:
    source = project(tmp_path / "shop", {"server.py": FAST + MAIN})
    told = summary(*migrate(source, None, trial, modern=False))
    assert f"not proven: {line}" in told
    assert sum("not started" in one or "not compared" in one for one in told) == 1


def test_a_check_proves_nothing_of_a_folder_that_differs(tmp_path: Path) -> None:
    source, out = project(tmp_path / "shop", {"server.py": SERVER}), tmp_path / "out"
    migrate(source, out, TRIAL, modern=True)
    carried, proof, found = check(source, out, TRIAL, modern=True)
    assert (found, proof.instead_of) == ((), None)
    (out / "server.py").write_text("mine\n")
    # What was tried is no matter of this test: that it shows the same is taken for granted.
    other = replace(TRIAL, python=Path(sys.executable))
    carried, proof, found = check(source, out, other, modern=True)
    assert found == ("server.py",)
    assert proof.after is not None, proof.reasons
    told = summary(carried, replace(proof, before=proof.after))
    start = f"proven of what would be written now, not of `{out}`: it starts, and shows what the legacy server showed: "
    assert any(one.startswith(start) for one in told)
    assert not any(one.startswith("proven: the result") for one in told)
    assert told[-1] == f"if `{out}` was edited: `automcp generate --check` there checks what is compiled"  # fmt: skip
