"""Each command does what its help says, with the exit codes that `automcp --help` lists."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from automcp import pipeline
from automcp.cli.group import automcp as main
from automcp.output.lock import LOCK_NAME
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[2]
SPEC = """\
automcp: 1
name: clock
version: 1.0.0
description: Tells the time.
groups:
  time:
    description: Time.
    operations:
      now: {description: The time., returns: {type: string}, effect: reads}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def automcp(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "automcp", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator"), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one small target; the tests run in its folder."""
    (tmp_path / "clock.yaml").write_text(SPEC)
    (tmp_path / "automcp.toml").write_text('spec = "clock.yaml"\n[targets.ir]\nout = "ir"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _edit_spec(project: Path) -> None:
    spec = project / "clock.yaml"
    spec.write_text(spec.read_text().replace("Tells the time.", "Knows the time."))


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_generate_writes_once(project: Path) -> None:
    first = run("generate")
    assert (first.exit_code, first.stdout) == (0, "")
    assert (project / "ir/clock.ir.json").is_file()
    before = _tree(project)
    second = run("generate")
    assert "up to date" in second.stderr
    assert _tree(project) == before


def test_check_tells_drift_with_reason_and_diff(project: Path) -> None:
    assert run("generate", "--check").exit_code == 1
    run("generate")
    assert run("generate", "--check").exit_code == 0
    _edit_spec(project)
    before = _tree(project)
    drift = run("generate", "--check")
    assert drift.exit_code == 1
    assert "update ir/clock.ir.json: spec changed" in drift.stdout
    assert '-  "description": "Tells the time.",' in drift.stdout
    assert _tree(project) == before


def test_diff_shows_and_does_not_fail(project: Path) -> None:
    run("generate")
    _edit_spec(project)
    assert run("generate", "--diff").exit_code == 0
    assert run("generate", "--check").exit_code == 1


def test_a_diff_shows_no_hashes(project: Path) -> None:
    run("generate")
    _edit_spec(project)
    shown = run("generate", "--diff").stdout
    assert "update automcp.lock" in shown
    assert "sha256" not in shown


def test_many_files_that_go_are_one_line(project: Path) -> None:
    config = project / "automcp.toml"
    config.write_text(
        'spec = "clock.yaml"\n[targets.server]\nout = "server"\n[targets.ir]\nout = "ir"\n'
    )
    assert run("generate").exit_code == 0
    config.write_text('spec = "clock.yaml"\n[targets.client]\nout = "client"\n')
    told = [line for line in run("generate").stderr.splitlines() if line.startswith("delete")]
    assert "delete   ir/clock.ir.json (no longer generated)" in told
    [many] = [line for line in told if line.startswith("delete   server (")]
    assert many.endswith(" generated files: no longer generated)")
    assert len(told) == 2


@pytest.mark.parametrize("word", ["-q", "--quiet"])
def test_quiet_says_only_what_is_wrong(project: Path, word: str) -> None:
    result = run("generate", word)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "note[" not in result.stderr
    assert "create" not in result.stderr


def test_comments_and_layout_are_no_drift(project: Path) -> None:
    run("generate")
    (project / "clock.yaml").write_text(
        "# hello\n" + SPEC.replace("time:\n", "time:   # a group\n")
    )
    assert run("generate", "--check").exit_code == 0


def test_an_edited_file_stops_everything(project: Path) -> None:
    run("generate")
    edited = project / "ir/clock.ir.json"
    edited.write_text(edited.read_text() + "mine\n")
    before = _tree(project)
    refused = run("generate")
    assert refused.exit_code == 1
    assert "AM501" in refused.stderr
    assert "-mine" in refused.stderr
    assert _tree(project) == before


def test_generate_as_json(project: Path) -> None:
    record = json.loads(run("generate", "--json").stdout)
    assert list(record) == ["ok", "written", "changed", "projects", "findings"]
    (entry,) = record["projects"]
    assert [change["path"] for change in entry["changes"]] == ["ir/clock.ir.json", LOCK_NAME]
    assert set(entry["changes"][0]) == {"path", "action", "owner", "reason", "code"}
    again = json.loads(run("generate", "--json").stdout)
    assert (again["changed"], again["projects"][0]["changes"]) == (False, [])


def test_json_is_one_object_even_if_the_spec_is_wrong(project: Path) -> None:
    (project / "clock.yaml").write_text("automcp: 1\n")
    for arguments in (("generate", "--json"), ("check", "--json")):
        result = run(*arguments)
        assert result.exit_code == 1
        record = json.loads(result.stdout)
        assert record["ok"] is False
        assert record["findings"][0]["file"] == "clock.yaml"


def test_out_takes_everything_elsewhere(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    assert run("generate", "--out", str(out)).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [LOCK_NAME, "ir"]
    assert not (project / LOCK_NAME).exists()


def test_two_targets_that_want_one_file(project: Path) -> None:
    (project / "automcp.toml").write_text(
        '[targets.server]\nout = "x"\n[targets.client]\nout = "x"\n'
    )
    result = run("generate")
    assert result.exit_code == 1
    assert "AM525" in result.stderr


OPTIONS = [
    ("[targets.irr]\n", "AM524", "automcp.toml:1:10"),
    ("[targets.ir]\nindent = 2\n", "AM520", "automcp.toml:2:1"),
]


@pytest.mark.parametrize(("text", "code", "place"), OPTIONS)
def test_targets_and_options_that_do_not_exist(
    project: Path, text: str, code: str, place: str
) -> None:
    (project / "automcp.toml").write_text(text)
    result = run("generate")
    assert result.exit_code == 1
    assert code in result.stderr
    assert place in result.stderr


def test_check(project: Path) -> None:
    assert run("check").exit_code == 0
    (project / "clock.yaml").write_text(SPEC.replace("effect", "efect"))
    result = run("check", "clock.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "clock.yaml:9" in result.stderr
    assert run("check", "--github").stdout.startswith("::error file=clock.yaml,line=9,")


def test_no_spec(tmp_path: Path) -> None:
    for command in ("generate", "check", "run"):
        result = run(command, str(tmp_path))
        assert result.exit_code == 1
        assert "AM522" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["generate", "--nope"],
        ["generate", "a", "b", "--out", "c"],
        ["explain", "AM999"],
        ["run", "--port", "80"],
        ["completion", "tcsh"],
        ["new"],
        ["new", "x", "--data", "colour=red", "--defaults"],
        ["call"],
    ],
)
def test_a_wrong_command_line_is_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_not_generated_yet(project: Path) -> None:
    (project / "automcp.toml").unlink()
    for arguments in (["run"], ["call", "time_now"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "AM528" in result.stderr
        assert "automcp generate" in result.stderr


def test_explain() -> None:
    assert run("explain", "am521").stdout.startswith("AM521: ")
    assert "AM521  " in run("explain").stdout


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_AUTOMCP_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize("command", main.commands)
def test_every_command_is_there_and_shows_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"automcp {command}" in result.stdout


def _crash(*arguments: object) -> None:
    raise AssertionError("secret detail")


def test_a_bug_is_called_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", _crash)
    result = run("check")
    assert result.exit_code == 70
    assert "bug in AutoMCP" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("AUTOMCP_TRACEBACK", "1")
    told = run("check")
    assert told.exit_code == 70
    assert "secret detail" in told.stderr


def _interrupt(*arguments: object) -> None:
    raise KeyboardInterrupt


def test_interrupted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "analyse", _interrupt)
    assert run("check").exit_code == 130


def test_a_hostile_spec_cannot_reach_the_terminal(project: Path) -> None:
    (project / "clock.yaml").write_text(SPEC.replace("effect", '"\\e[31mred"'))
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.output


def test_as_a_process(project: Path) -> None:
    assert automcp("generate", cwd=project).returncode == 0
    assert automcp("generate", "--check", cwd=project).returncode == 0
    _edit_spec(project)
    drift = automcp("generate", "--check", cwd=project, FORCE_COLOR="1")
    assert drift.returncode == 1
    assert "\x1b" not in drift.stdout
    assert automcp("--version", cwd=project).stdout.startswith("automcp 0.")


def test_a_new_project_asks_for_this_automcp() -> None:
    """Never for just any: an older distribution of the same name is somebody else's."""
    from automcp.version import VERSION

    template = (ROOT / "blueprints/new/pyproject.toml.jinja").read_text("utf-8")
    major, minor, _ = VERSION.split(".")
    assert f'"automcp~={major}.{minor}.0",' in template


def test_specs_in_one_folder_do_not_delete_what_others_became(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("clock", "watch"):
        Path(f"{name}.yaml").write_text(SPEC.replace("name: clock", f"name: {name}"))
    assert run("generate", "clock.yaml", "--target", "client").exit_code == 0
    refused = run("generate", "watch.yaml", "--target", "client")
    assert refused.exit_code == 1
    assert "AM529" in refused.output
    assert "`clock.yaml`" in refused.output
    assert Path("client/src/clock_client/client.py").is_file()
    assert run("generate", "watch.yaml", "--target", "client", "--out", "watch").exit_code == 0
    # A project file says which one the folder is about, and a spec alone was renamed.
    Path("automcp.toml").write_text('spec = "watch.yaml"\n[targets.client]\n')
    assert run("generate", "watch.yaml").exit_code == 0
    assert not Path("client/src/clock_client/client.py").exists()


def test_a_spec_alone_may_be_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clock.yaml").write_text(SPEC)
    assert run("generate", "clock.yaml", "--target", "client").exit_code == 0
    Path("clock.yaml").unlink()
    Path("watch.yaml").write_text(SPEC.replace("name: clock", "name: watch"))
    assert run("generate", "watch.yaml", "--target", "client").exit_code == 0
    assert not Path("client/src/clock_client/client.py").exists()


def test_a_server_that_was_written_elsewhere_is_found_there(project: Path) -> None:
    (project / "automcp.toml").unlink()
    written = run("generate", "clock.yaml", "--target", "server", "--out", "build")
    assert "create   build/server/README.md" in written.stderr
    called = run("call", "time_now", "--path", "build")
    assert "time.now has no body yet" in called.stderr
    nowhere = run("call", "time_now")
    assert "AM528" in nowhere.stderr
    assert run("call", "time_now", "--path", "clock.yaml").exit_code == 1
    (project / "build/automcp.lock").write_text("format = 1\n")
    assert "AM522" in run("call", "time_now", "--path", "build").stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("service.yaml", "name: a\ngroups:\n  'a.b:C': {name: c}\n", "a configuration of service groups: `automcp serve service.yaml`"),
        ("group.json", '{"name": "a", "class_path": "a.b:C"}', "a configuration of service groups: `automcp serve group.json`"),
        ("api.yml", "openapi: 3.1.0\n", "an OpenAPI document: `automcp import openapi api.yml`"),
        ("other.yaml", "a: b\n", "start a project with `automcp new FOLDER`"),
    ],
)  # fmt: skip
def test_a_folder_without_a_spec_says_what_its_files_are_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(text)
    for command in ("generate", "run"):
        refused = run(command)
        assert refused.exit_code == 1
        assert said in refused.stderr


def test_handlers_that_were_deleted_are_missed_and_written_anew(project: Path) -> None:
    (project / "automcp.toml").write_text('spec = "clock.yaml"\n[targets.server]\nout = "server"\n')
    run("generate")
    handlers = project / "server/src/clock_server/handlers"
    (handlers / "time.py").unlink()
    missed = run("generate")
    assert missed.exit_code == 0
    assert "handlers/time.py` was deleted, and is imported" in missed.stderr
    assert not (handlers / "time.py").exists()
    (handlers / "__init__.py").unlink()
    assert run("generate").stderr.count("AM530") == 2
    restored = run("generate", "--stubs")
    assert "AM530" not in restored.stderr
    assert "handlers/__init__.py (written anew, yours from now on)" in restored.stderr
    assert "class Time" in (handlers / "time.py").read_text()
    assert "AM530" not in run("generate").stderr


def test_handlers_that_live_elsewhere_are_not_missed(project: Path) -> None:
    (project / "automcp.toml").write_text('spec = "clock.yaml"\n[targets.server]\nout = "server"\n')
    run("generate")
    handlers = project / "server/src/clock_server/handlers"
    (handlers / "time.py").unlink()
    (handlers / "__init__.py").write_text("from elsewhere import App\n")
    assert "AM530" not in run("generate").stderr
    assert not (handlers / "time.py").exists()
