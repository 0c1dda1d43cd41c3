"""What `automcp migrate` says first, and advises, where something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from automcp.migrate import attempt
from automcp.migrate.environment import CannotInstall

from .projects import project, run

SERVER = """\
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("shop")
@mcp.tool()
def price(tea: str) -> int:
    return 1
if __name__ == "__main__":
    mcp.run()
"""


def test_a_file_that_cannot_be_read_comes_before_what_was_not_found(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER.replace("tea: str", "tea str")})
    done = run(source, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: `server.py`: line 4: ")
    assert "of what can be read, no console script" in done.stderr


def test_without_such_files_the_message_is_about_what_was_not_found(tmp_path: Path) -> None:
    done = run(project(tmp_path / "legacy", {"a.py": ""}), "--out", tmp_path / "out")
    assert done.stderr.startswith("error: no console script")


@pytest.mark.parametrize("option", ["--python", "--new-python"])
def test_a_program_that_is_no_interpreter_is_refused(tmp_path: Path, option: str) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho hello\n", "utf-8")
    program.chmod(0o755)
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    done = run(source, "--out", tmp_path / "out", option, program)
    assert done.exit_code == 2
    assert f"{option}: {program} is no Python that runs here" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_interpreter_that_lacks_what_the_server_needs_is_named(tmp_path: Path) -> None:
    text = "import a_package_that_nobody_has\n" + SERVER
    source = project(tmp_path / "legacy", {"server.py": text})
    done = run(source, "--out", tmp_path / "out", "--python", sys.executable)
    assert "the interpreter of `--python` has no `a_package_that_nobody_has`" in done.stderr
    assert "--env and --args" not in done.stderr


def test_of_the_projects_own_modules_it_is_not_the_interpreter(tmp_path: Path) -> None:
    text = "import prices.of_teas\n" + SERVER
    source = project(tmp_path / "legacy", {"server.py": text, "prices/__init__.py": ""})
    done = run(source, "--out", tmp_path / "out", "--python", sys.executable)
    assert "the interpreter of" not in done.stderr
    assert "what it needs to start is given with --env and --args" in done.stderr


def test_a_server_that_is_silent_is_given_longer(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": "import time\ntime.sleep(60)\n" + SERVER})
    words = ["--python", sys.executable, "--timeout", "0.5"]
    done = run(source, "--out", tmp_path / "out", *words)
    assert "`--timeout` gives it longer" in done.stderr


def test_an_effect_that_nobody_said_is_explained(tmp_path: Path) -> None:
    done = run(project(tmp_path / "legacy", {"server.py": SERVER}), "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    spec = (tmp_path / "out" / "spec.yaml").read_text("utf-8")
    assert "# `effect: destroys` is what a tool counts as that said nothing of its effect" in spec
    assert "(`{}`: none, as before)" in spec


def test_an_installation_that_takes_too_long_names_the_option(tmp_path: Path) -> None:
    source = project(tmp_path / "legacy", {"server.py": SERVER})
    done = run(source, "--out", tmp_path / "out", "--yes", "--timeout", "0.0001")
    assert (
        "cannot be installed: it took more than 0.0005 seconds, five times `--timeout`"
        in done.stderr
    )


def test_an_sdk_that_nothing_declares_is_installed_to_try_the_legacy_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def build(folder: Path, requirements: Sequence[str], *_: object) -> Path:
        asked.append([*requirements])
        raise CannotInstall("not here")

    monkeypatch.setattr(attempt, "build", build)
    source = project(tmp_path / "legacy", {"server.py": SERVER, "requirements.txt": "anyio\n"})
    run(source, "--out", tmp_path / "out", "--yes")
    assert asked[0] == ["anyio", "mcp"]
