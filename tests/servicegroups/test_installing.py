"""`automcp serve --install`: what it installs, and that it never does unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from automcp.cli import installing
from automcp.cli.group import automcp as main
from automcp.servicegroups.packages import own_versions
from click.testing import CliRunner, Result

CONFIG = """\
name: a
groups: {}
packages: [a-package-nobody-has>=1, 'pydantic>=2', 'pydantic<2', 'not a [requirement', 'b-package; python_version < "3"']
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run."""
    commands: list[list[str]] = []

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        commands.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(installing.subprocess, "run", run)
    return commands


def served(config: Path, *words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(main, ["serve", str(config), "--check", *words], input=said)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def isatty(self) -> bool:
            return True

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

    plain = installing.install_lacking

    def install(found: Any, *, asks: bool) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", Terminal(sys.stdin))
            patched.setattr(sys, "stderr", Terminal(sys.stderr))
            plain(found, asks=asks)

    monkeypatch.setattr(installing, "install_lacking", install)


def test_nothing_is_installed_unless_it_is_told_to(config: Path, ran: list[list[str]]) -> None:
    found = served(config)
    assert found.exit_code == 0
    assert ran == []
    assert "`--install`, or pip install 'a-package-nobody-has>=1'" in found.stderr


def test_only_what_is_missing_and_not_ours(config: Path, ran: list[list[str]]) -> None:
    found = served(config, "--install", "--yes")
    assert found.exit_code == 0
    [words] = ran
    wanted = [one for one in words if "==" not in one and not one.startswith("-")]
    assert wanted[-1] == "a-package-nobody-has>=1"
    assert not {"pydantic<2", "pydantic>=2", "not a [requirement"} & {*words}
    assert "not installed: a-package-nobody-has>=1" in found.stderr
    assert "AutoMCP itself runs on it" in found.stderr


def test_what_automcp_runs_on_stays(config: Path, ran: list[list[str]]) -> None:
    served(config, "--install", "--yes")
    own = own_versions()
    assert {"mcp", "pydantic", "pyyaml", "anyio"} <= own.keys()
    assert {f"{name}=={version}" for name, version in own.items() if name != "automcp"} <= {*ran[0]}


def test_without_a_terminal_nobody_is_asked(config: Path, ran: list[list[str]]) -> None:
    found = served(config, "--install")
    assert found.exit_code == 1
    assert ran == []
    assert "add --yes" in found.stderr


@pytest.mark.parametrize(("said", "code", "runs"), [("y\n", 0, 1), ("n\n", 1, 0)])
def test_a_terminal_is_asked(
    config: Path,
    ran: list[list[str]],
    said: str,
    code: int,
    runs: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_a_terminal(monkeypatch)
    found = served(config, "--install", said=said)
    assert (found.exit_code, len(ran)) == (code, runs)
    assert f"Install it into the environment of {sys.executable}?" in found.stderr


def test_an_installer_that_fails_ends_the_command(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(words, 1)

    monkeypatch.setattr(installing.subprocess, "run", failed)
    found = served(config, "--install", "--yes")
    assert found.exit_code == 1
    assert "it cannot be installed" in found.stderr


def test_where_nothing_is_missing_nobody_is_asked(tmp_path: Path, ran: list[list[str]]) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("name: a\ngroups: {}\npackages: ['pydantic>=2']\n", "utf-8")
    assert served(path, "--install").exit_code == 0
    assert ran == []


def test_yes_belongs_to_install(config: Path) -> None:
    assert served(config, "--yes").exit_code == 2
