"""`automcp call` on servers that are not the project's own: by a command, a configuration, a URL."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result

SERVER = """
import os, sys
from mcp.server import MCPServer

server = MCPServer("elsewhere")

@server.tool()
def add(a: int, b: int) -> int:
    return a + b

@server.tool()
def variable(name: str) -> str:
    return os.environ.get(name, "nothing")

@server.tool()
def fail() -> str:
    print("what went before", file=sys.stderr)
    raise RuntimeError("no")

server.run()
"""


@pytest.fixture
def command(tmp_path: Path) -> str:
    (tmp_path / "server.py").write_text(SERVER, "utf-8")
    return f"'{sys.executable}' '{tmp_path / 'server.py'}'"


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["call", *words])


def test_a_server_that_is_started(command: str) -> None:
    ran = call("add", "a=1", "b=2", "--command", command)
    assert (ran.exit_code, ran.stdout) == (0, "3\n")
    found = call("variable", "name=KEY", "--command", command, "--env", "KEY=value")
    assert found.stdout == '"value"\n'


def test_a_server_of_a_configuration(command: str, tmp_path: Path) -> None:
    entry = {
        "command": sys.executable,
        "args": [str(tmp_path / "server.py")],
        "env": {"KEY": "own"},
    }
    config = tmp_path / ".mcp.json"
    config.write_text(json.dumps({"mcpServers": {"here": entry}}), "utf-8")
    found = call("variable", "name=KEY", "--config", str(config), "--server", "here")
    assert (found.exit_code, found.stdout) == (0, '"own"\n')
    assert call("add", "a=1", "b=1", "--config", str(config)).stdout == "2\n"
    missing = call("add", "--config", str(config), "--server", "there")
    assert missing.exit_code == 1
    assert "AM662" in missing.stderr
    assert 'it has "here"' in missing.stderr


def test_of_several_servers_one_has_to_be_named(tmp_path: Path) -> None:
    config = tmp_path / ".mcp.json"
    config.write_text('{"mcpServers": {"a": {"command": "a"}, "b": {"command": "b"}}}', "utf-8")
    ran = call("add", "--config", str(config))
    assert ran.exit_code == 1
    assert 'it has several servers\n  = help: say which: "a", "b"' in ran.stderr
    config.write_text("{}", "utf-8")
    assert "it has no servers" in call("add", "--config", str(config)).stderr


def test_failures_come_with_the_log(command: str) -> None:
    ran = call("fail", "--command", command)
    assert ran.exit_code == 1
    assert "error: Error executing tool fail" in ran.stderr
    assert "what went before" in ran.stderr


def test_arguments_are_read_by_what_the_server_lists(command: str) -> None:
    ran = call("ad", "--command", command)
    assert ran.exit_code == 2
    assert "did you mean `add`?" in ran.stderr
    assert "a has to be integer" in call("add", "a=x", "--command", command).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--command", "a-program-that-nobody-has"], 'there is no program "a-program-that-nobody-has"'),
        (["--command", f"'{sys.executable}' -c pass"], "it ended before it answered"),
        (["--url", "http://127.0.0.1:9/mcp"], "nobody answers at its address"),
    ],
)  # fmt: skip
def test_servers_that_are_not_there(words: list[str], said: str) -> None:
    ran = call("add", *words)
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--command", "a", "--url", "http://b"], "say one of --command, --url and --config"),
        (["--server", "a"], "--server NAME is the name of a server in --config FILE"),
        (["--env", "A=b"], "--env goes with --command"),
        (["--header", "A: b", "--command", "a"], "--header goes with --url"),
        (["--command", "a", "--python", sys.executable], "--python is for the project's own server"),
        (["--command", "'"], "No closing quotation"),
        (["--command", " "], "--command is empty"),
        (["--command", "a", "--env", "b"], "it is --env NAME=VALUE"),
    ],
)  # fmt: skip
def test_words_that_do_not_go_together(words: list[str], said: str) -> None:
    ran = call("add", *words)
    assert ran.exit_code == 2
    assert said in ran.stderr
