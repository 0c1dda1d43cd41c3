"""What AutoMCP does not expect in sources costs the compiled part, and not the migration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp.cli.migrate import command
from automcp.migrate import carry
from click.testing import CliRunner

from .test_migrating import FAST, MAIN


@pytest.mark.parametrize("error", [TypeError("surprise"), RecursionError(), KeyError("x")])
def test_a_project_is_carried_where_compiling_it_fails(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*words: object, **named: object) -> None:
        raise error

    monkeypatch.setattr(carry, "made_modern", failing)
    monkeypatch.delenv("AUTOMCP_TRACEBACK", raising=False)
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(FAST + MAIN, "utf-8")
    done = CliRunner().invoke(command, [str(source), "--out", str(out), "--modernise", "--json"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)["modernised"]
    assert said["tools"] == []
    words = "nest too deeply" if isinstance(error, RecursionError) else f"a bug in it: {type(error).__name__}"  # fmt: skip
    assert words in said["left"][0]["reason"]
    assert (out / "legacy_mcp").is_dir()
    monkeypatch.setenv("AUTOMCP_TRACEBACK", "1")
    done = CliRunner().invoke(command, [str(source), "--check", "--modernise"])
    assert done.exit_code == 1


def test_a_tool_that_json_cannot_say_stays_and_the_others_do_not(tmp_path: Path) -> None:
    source = tmp_path / "legacy"
    source.mkdir()
    more = (
        "@mcp.tool()\ndef endless(most: float = 1e999) -> str:\n    return ''\n\n"
        '@mcp.tool(description="\\ud800")\ndef half(x: int) -> str:\n    return ""\n'
    )
    (source / "server.py").write_text(FAST.replace("ctx: Context, ", "") + more + MAIN, "utf-8")
    done = CliRunner().invoke(command, [str(source), "--check", "--modernise", "--json"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)["modernised"]
    assert [one["name"] for one in said["tools"]] == ["price"]
    assert {one["name"]: one["reason"] for one in said["left"]} == dict.fromkeys(
        ("endless", "half"), "what it lists cannot be said in JSON"
    )
