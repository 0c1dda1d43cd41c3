"""`automcp run` and `automcp call` with a server whose SDK is not AutoMCP's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner

SPEC = """
automcp: 1
name: notes
version: 1.0.0
groups:
  notes:
    description: Notes.
    operations:
      count: {description: How many., returns: {type: integer}, effect: reads}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "notes.yaml").write_text(SPEC, "utf-8")
    settings = 'spec = "notes.yaml"\nsdk = "mcp1"\n[targets.server]\nout = "server"\n'
    (tmp_path / "automcp.toml").write_text(settings, "utf-8")
    made = CliRunner().invoke(main, ["generate", str(tmp_path)])
    assert made.exit_code == 0, made.output
    return tmp_path


@pytest.mark.parametrize("command", [["run"], ["call", "notes_count", "--path"]])
def test_an_sdk_that_is_elsewhere_is_said(project: Path, command: list[str]) -> None:
    ran = CliRunner().invoke(main, [*command, str(project)])
    assert ran.exit_code == 1
    assert "AM528" in ran.output
    assert "--python PATH" in ran.output


def test_the_interpreter_has_to_be_there(project: Path) -> None:
    ran = CliRunner().invoke(main, ["run", str(project), "--python", str(project / "nothing")])
    assert ran.exit_code == 2


def test_the_interpreter_is_the_one_that_was_said(project: Path) -> None:
    from automcp.cli.compiled import find_server

    server = find_server(project, Path(sys.executable))
    assert server.command("--http")[0] == str(Path(sys.executable).absolute())
