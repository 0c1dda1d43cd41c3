"""`automcp new` gives a project that works, or leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from automcp import scaffold
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parents[2]


def new(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", str(folder), "--defaults", *arguments])


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "my-notes"
    result = new(folder)
    assert result.exit_code == 0, result.stderr
    return folder


CHECKS = [
    ("automcp", "check"),
    ("automcp", "generate", "--check"),
    ("pytest", "-q", "-p", "no:asyncio", "-p", "no:cacheprovider"),
    ("ruff", "check", "."),
    ("mypy",),
    ("pyright", "--project", "pyproject.toml", "--pythonpath", sys.executable),
]


@pytest.mark.slow
@pytest.mark.parametrize("command", CHECKS, ids=" ".join)
def test_the_new_project_passes_its_own_checks(project: Path, command: tuple[str, ...]) -> None:
    ran = _run(*command, cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.slow
def test_its_tools_can_be_called(project: Path) -> None:
    added = _run("automcp", "call", "notes_add", "text=12", cwd=project)
    assert (json.loads(added.stdout), added.returncode) == ({"id": 1, "text": "12"}, 0)
    found = _run("automcp", "call", "notes_recent", "limit=5", cwd=project)
    assert json.loads(found.stdout) == [{"id": 1, "text": "12"}]
    failed = _run("automcp", "call", "notes_remove", "--json", '{"id": 7}', cwd=project)
    assert (failed.stdout, failed.returncode) == ("", 1)
    assert "NoteNotFound: There is no note with that id." in failed.stderr
    unknown = _run("automcp", "call", "notes_ad", cwd=project)
    assert unknown.returncode == 2
    assert "did you mean `notes_add`?" in unknown.stderr


@pytest.mark.slow
async def test_run_serves_on_stdio(project: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "automcp", "run", str(project)],
        env={"PYTHONPATH": str(ROOT / "generator")},
        cwd=project,
    )
    async with Client(started) as client:
        listed = await client.list_tools()
    names = ["notes_add", "notes_recent", "notes_search", "notes_remove"]
    assert [tool.name for tool in listed.tools] == names


@pytest.mark.slow
def test_stubs_for_a_new_operation_and_a_new_group(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    assert new(folder).exit_code == 0
    spec = folder / "x.yaml"
    spec.write_text(
        spec.read_text()
        + "      count: {description: How many., returns: {type: integer}, effect: reads}\n"
        + "  tags:\n    description: Tags.\n    operations:\n"
        + "      all: {description: All tags., returns: {type: array}, effect: reads}\n"
    )
    runner = CliRunner()
    noted = runner.invoke(main, ["generate", str(folder)])
    assert "`Notes.count`" in noted.stderr
    assert "`App.tags`" in noted.stderr
    mine = folder / "server/src/x_server/handlers/notes.py"
    before = mine.read_text()
    assert runner.invoke(main, ["generate", "--stubs", str(folder)]).exit_code == 0
    assert mine.read_text().startswith(before)
    assert "AM530" not in runner.invoke(main, ["generate", str(folder)]).stderr
    checked = _run("mypy", cwd=folder)
    assert checked.returncode == 0, checked.stdout
    called = _run("automcp", "call", "notes_count", cwd=folder)
    assert "NotImplemented: notes.count has no body yet" in called.stderr


def test_what_is_in_it(project: Path) -> None:
    files = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    assert files >= {
        ".automcp/automcp.schema.json",
        ".copier-answers.yml",
        ".github/workflows/ci.yml",
        ".gitignore",
        ".mcp.json",
        "README.md",
        "automcp.lock",
        "automcp.toml",
        "my-notes.yaml",
        "pyproject.toml",
        "server/src/my_notes_server/handlers/notes.py",
        "client/src/my_notes_client/client.py",
    }
    assert not [file for file in files if file.endswith((".jinja", ".tmp"))]
    schema = (ROOT / "specs/automcp.schema.json").read_bytes()
    assert (project / ".automcp/automcp.schema.json").read_bytes() == schema


def test_the_answers_name_no_place_that_is_gone(project: Path) -> None:
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text())
    assert set(answers) == {"name", "title", "description"}


def test_awkward_answers_stay_what_they_are(tmp_path: Path) -> None:
    title, description = 'Ann\'s "best" \\ {{ 7*7 }} é', "# : {x} [y] %} `z`"
    folder = tmp_path / "x"
    result = new(
        folder, "--no-generate", "--data", f"title={title}", "--data", f"description={description}"
    )
    assert result.exit_code == 0, result.stderr
    spec = yaml.safe_load((folder / "x.yaml").read_text("utf-8"))
    assert (spec["title"], spec["description"]) == (title, description)
    assert (
        tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]["description"]
        == description
    )
    compile((folder / "server/src/x_server/handlers/__init__.py").read_text("utf-8"), "x", "exec")


NAMES = [("Foo_Bar 2x", "foo-bar-x"), ("42", "notes"), ("shop", "shop"), ("été", "ete")]


@pytest.mark.parametrize(("folder", "name"), NAMES)
def test_the_folder_names_the_service(tmp_path: Path, folder: str, name: str) -> None:
    assert new(tmp_path / folder, "--no-generate").exit_code == 0
    assert (tmp_path / folder / f"{name}.yaml").is_file()


def test_a_folder_that_holds_only_a_repository(tmp_path: Path) -> None:
    (tmp_path / "x/.git").mkdir(parents=True)
    assert new(tmp_path / "x", "--no-generate").exit_code == 0
    assert (tmp_path / "x/.git").is_dir()


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = new(tmp_path)
    assert result.exit_code == 1
    assert "AM526" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


BAD = ["name=Bad Name", "name=a/../b", "name=../x", "name=1x", "title=two\nlines", "description= "]


@pytest.mark.parametrize("data", BAD)
def test_bad_answers_leave_nothing(tmp_path: Path, data: str) -> None:
    result = new(tmp_path / "a/b", "--data", data)
    assert result.exit_code == 1
    assert "AM527" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError("full"), RuntimeError()], ids=repr)
@pytest.mark.parametrize("there", [True, False])
def test_a_failure_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, there: bool
) -> None:
    folder = tmp_path / "x"
    if there:
        folder.mkdir()

    def fail(draft: Path) -> None:
        raise error

    with pytest.raises(type(error)):
        scaffold.start_project(folder, {}, defaults=True, finish=fail)
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_a_failure_while_moving_in_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Path.rename, list[Path]()

    def rename(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 4:
            raise OSError("full")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="full"):
        scaffold.start_project(tmp_path / "x", {}, defaults=True)
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_it_asks_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new", str(tmp_path / "x")])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []
