"""A compiled package whose spec says `server: {as: ...}` is to its callers what the decorated server was."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import anyio
import pytest
from automcp.cli.group import automcp as main
from automcp.runtime.legacy import types
from automcp.runtime.legacy.fastmcp import FastMCP
from automcp.runtime.legacy.lowlevel import Server
from automcp.runtime.lowlevel.testing import connect
from automcp.runtime.server.errors import ProtocolError
from click.testing import CliRunner

PROJECT = """
spec = "spec.yaml"
[targets.server]
out = "."
layout = "package"
"""
HEAD = """
automcp: 1
name: known
version: 1.2.3
naming: "{operation}"
instructions: Be kind.
"""
NAMED = """
server: {as: mcp1, name: The Known Server}
groups:
  known:
    description: All.
    operations:
      add:
        description: Add.
        input: {properties: {a: {title: A, type: integer}, b: {default: 2, title: B, type: integer}}, required: [a], title: addArguments, type: object}
        keywords: true
        returns: {properties: {result: {title: Result, type: integer}}, required: [result], title: addOutput, type: object}
        annotations: {}
        run: {python: "known_app:add"}
      fail:
        description: Fail.
        input: {properties: {text: {title: Text, type: string}}, required: [text], title: failArguments, type: object}
        keywords: true
        content: [text]
        annotations: {}
        run: {python: "known_app:fail"}
    prompts:
      ask:
        description: Ask.
        arguments: {tea: {}}
        run: {python: {call: "known_app:ask", as: mcp1}}
      greet:
        description: Greet.
        run: {python: {call: "known_app:greet", as: mcp1}}
"""
LOW = """
server: {as: mcp1_lowlevel, version: 0.1.0, unknown: "known_app:others"}
groups:
  known:
    description: All.
    operations:
      echo:
        description: Echo.
        input: {type: object, properties: {text: {type: string}}, required: [text]}
        keywords: true
        content: [text]
        annotations: {}
        run: {python: "known_app:echo"}
      sum:
        description: Sum.
        input: {type: object, properties: {a: {type: number}}}
        keywords: true
        returns: {type: object, properties: {s: {type: number}}, required: [s]}
        annotations: {}
        run: {python: "known_app:sum_"}
"""
EVERYWHERE: list[tuple[str, dict[str, Any]]] = [
    *((method, {}) for method in ("ping", "tools/list", "prompts/list", "resources/list")),
    ("resources/templates/list", {}),
    ("prompts/get", {"name": "none"}),
    ("prompts/get", {"name": "ask", "arguments": {"tea": "oolong"}}),
    ("prompts/get", {"name": "greet"}),
    ("resources/read", {"uri": "x://none"}),
    ("resources/read", {"uri": "no address"}),
    ("logging/setLevel", {"level": "info"}),
    ("completion/complete", {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a", "value": ""}}),
    ("resources/subscribe", {"uri": "x://none"}),
    ("tools/call", {"name": "none", "arguments": {"x": 1}}),
    ("tools/call", {"name": "none"}),
]  # fmt: skip


class Carried(NamedTuple):
    lowlevel: Any


def add(a: int, b: int = 2) -> int:
    return a + b


def fail(text: str) -> str:
    raise ValueError(text)


def ask(tea: str) -> str:
    return f"How is {tea} made?"


def greet() -> str:
    return "Say hello."


async def echo(arguments: dict[str, Any]) -> Any:
    return [types.TextContent(type="text", text=arguments["text"])]


async def sum_(arguments: dict[str, Any]) -> Any:
    return {"t": 1} if arguments.get("a") == 3 else {"s": arguments.get("a", 0) + 1}


async def others(name: str, arguments: dict[str, Any]) -> Any:
    if name == "none" and not arguments:
        return [types.TextContent(type="text", text="nothing to do")]
    raise ValueError(f"Unknown tool: {name} of {arguments}")


def _decorated() -> Any:
    app = FastMCP[Any]("The Known Server", "Be kind.")
    app.tool(description="Add.")(add)
    app.tool(description="Fail.", structured_output=False)(fail)
    app.prompt(description="Ask.")(ask)
    app.prompt(description="Greet.")(greet)
    return app._mcp_server  # pyright: ignore[reportPrivateUsage]


def _dispatching() -> Any:
    server = Server[Any, Any]("known", "0.1.0", "Be kind.")

    async def listed() -> Any:
        text = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
        number = {"type": "object", "properties": {"a": {"type": "number"}}}
        out = {"type": "object", "properties": {"s": {"type": "number"}}, "required": ["s"]}
        return [
            types.Tool(name="echo", description="Echo.", inputSchema=text),
            types.Tool(name="sum", description="Sum.", inputSchema=number, outputSchema=out),
        ]

    async def called(name: str, arguments: dict[str, Any]) -> Any:
        known = {"echo": echo, "sum": sum_}
        return await (known[name](arguments) if name in known else others(name, arguments))

    server.list_tools()(listed)
    server.call_tool()(called)
    return server


CALLS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    NAMED: [
        ("add", {"a": 1}), ("add", {"a": "5", "b": "7"}), ("add", {}), ("add", {"a": "x"}), ("add", {"a": 1, "z": 2}),
        ("fail", {"text": "boom"}),
    ],
    LOW: [
        ("echo", {"text": "hi"}), ("echo", {}), ("echo", {"text": 3}), ("sum", {"a": 1}), ("sum", {"a": "x"}),
        ("sum", {"a": 3}), ("sum", {}),
    ],
}  # fmt: skip


@pytest.fixture
def compiled(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Any]]:
    """The spec's text, and the server of the package that is compiled of it."""
    app = ModuleType("known_app")
    vars(app).update({one.__name__: one for one in (add, fail, ask, greet, echo, sum_, others)})
    monkeypatch.setitem(sys.modules, "known_app", app)
    (tmp_path / "spec.yaml").write_text(HEAD + request.param)
    (tmp_path / "automcp.toml").write_text(PROJECT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    result = CliRunner().invoke(main, ["generate"])
    assert result.exit_code == 0, result.output
    yield request.param, __import__("known_server").build_server()
    for name in [one for one in sys.modules if one.partition(".")[0] == "known_server"]:
        del sys.modules[name]


async def _answers(server: Any, calls: list[tuple[str, dict[str, Any]]], modern: bool) -> list[Any]:
    asked: list[tuple[str, Any]] = [*EVERYWHERE, *(("tools/call", {"name": name, "arguments": given}) for name, given in calls)]  # fmt: skip
    found: list[Any] = []
    async with connect(server, modern=modern) as client:
        found.append(client.server)
        for method, params in asked:
            try:
                found.append((method, await client.request(method, params)))
            except ProtocolError as error:
                found.append((method, error.code, error.message, error.data))
    return found


@pytest.mark.parametrize("modern", [False, True])
@pytest.mark.parametrize("compiled", [NAMED, LOW], indirect=True)
def test_callers_see_no_difference(compiled: tuple[str, Any], modern: bool) -> None:
    spec, server = compiled
    before = Carried(_decorated() if spec is NAMED else _dispatching())
    expected = anyio.run(_answers, before, CALLS[spec], modern)
    assert anyio.run(_answers, server, CALLS[spec], modern) == expected
    assert len([one for one in expected if "isError" in str(one)]) > len(CALLS[spec])
