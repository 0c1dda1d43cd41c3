"""What AutoMCP does not expect in sources costs the compiled part, and not the migration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp.cli.migrate import command
from automcp.migrate.compiled import modern
from click.testing import CliRunner

from .test_migrating import FAST, MAIN


@pytest.mark.parametrize("error", [TypeError("surprise"), RecursionError(), KeyError("x")])
def test_a_project_is_carried_where_compiling_it_fails(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*words: object, **named: object) -> None:
        raise error

    monkeypatch.setattr(modern, "modernise", failing)
    monkeypatch.delenv("AUTOMCP_TRACEBACK", raising=False)
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(FAST + MAIN, "utf-8")
    done = CliRunner().invoke(command, [str(source), "--out", str(out), "--modernise", "--json"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)["modernised"]
    assert said["tools"] == []
    assert said["left"][0]["reason"].startswith(f"AutoMCP failed here, which is a bug in it: {type(error).__name__}")  # fmt: skip
    assert (out / "legacy_mcp").is_dir()
    monkeypatch.setenv("AUTOMCP_TRACEBACK", "1")
    done = CliRunner().invoke(command, [str(source), "--check", "--modernise"])
    assert done.exit_code == 1
