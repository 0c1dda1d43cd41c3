"""Prompts and resources of a compiled package are listed and answered as decorated ones were."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import pytest
from automcp.cli.group import automcp as main
from automcp.runtime.legacy.fastmcp import Context, FastMCP
from automcp.runtime.legacy.fastmcp.prompts import AssistantMessage, UserMessage
from automcp.runtime.legacy.functions.mcp1_offers import NOT_CREATED
from click.testing import CliRunner
from mcp import Client, MCPError

SPEC = """
automcp: 1
name: hosted
version: 1.0.0
groups:
  hosted:
    description: All.
    resources:
      users: {uri: "users://all", description: "", run: {python: {call: "hosted_app:users", as: mcp1}}}
      user:
        uri: "users://{id}/x"
        description: One user.
        mime: application/json
        run: {python: {call: "hosted_app:user", as: mcp1}}
      raw: {uri: "data://raw", description: "", run: {python: {call: "hosted_app:raw", as: mcp1}}}
      bad: {uri: "data://bad", description: "", run: {python: {call: "hosted_app:bad", as: mcp1}}}
    prompts:
      ask:
        description: Ask.
        arguments: {topic: {}, n: {optional: true}}
        run: {python: {call: "hosted_app:ask", as: mcp1}}
      who: {description: "", run: {python: {call: "hosted_app:who", as: mcp1}}}
"""
PROJECT = """
spec = "spec.yaml"
[targets.server]
out = "."
layout = "package"
"""


def users() -> list[Any]:
    return [{"id": 1, "name": "Zoë"}]


async def user(id: int) -> Any:
    if id == 9:
        raise KeyError("nine")
    return {"id": id}


def raw() -> bytes:
    return b"\x00\x01"


def bad() -> str:
    raise RuntimeError("spoilt")


def ask(topic: str, n: int = 2) -> Any:
    if n == 3:
        raise RuntimeError("three")
    if n == 4:
        return [{"role": "nobody"}]
    return [
        UserMessage(f"{topic} {n!r}"),
        AssistantMessage("ok"),
        {"role": "user", "content": {"type": "text", "text": "x"}},
        "s",
        {"role": "user", "content": "y"},
    ]


# Legacy functions say no types of theirs.
async def who(ctx: Context) -> str:  # type: ignore[type-arg]
    return f"{ctx.fastmcp.name} {bool(ctx.request_id)}"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A compiled package of these functions."""
    app = ModuleType("hosted_app")
    vars(app).update({one.__name__: one for one in (users, user, raw, bad, ask, who)})
    monkeypatch.setitem(sys.modules, "hosted_app", app)
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "automcp.toml").write_text(PROJECT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    result = CliRunner().invoke(main, ["generate"])
    assert result.exit_code == 0, result.output
    yield "hosted_server"
    for name in [one for one in sys.modules if one.partition(".")[0] == "hosted_server"]:
        del sys.modules[name]


def _decorated() -> Any:
    app = FastMCP[Any]("shop")
    app.resource("users://all", name="hosted_users", description="")(users)
    app.resource(
        "users://{id}/x",
        name="hosted_user",
        description="One user.",
        mime_type="application/json",
    )(user)
    app.resource("data://raw", name="hosted_raw")(raw)
    app.resource("data://bad", name="hosted_bad")(bad)
    app.prompt(name="hosted_ask", description="Ask.")(ask)
    app.prompt(name="hosted_who")(who)
    return app


async def _answers(app: Any) -> list[Any]:
    found: list[Any] = []
    addresses = "users://all users://1/x users://x/x users://9/x users://9/9/x users://%39/x users://../x data://raw data://bad DATA://raw nope://x"
    given = [{"topic": "t"}, {}, *({"topic": "t", "n": n} for n in ("3", "4", "5", "q")), {"z": "1", "topic": ""}]  # fmt: skip
    async with Client(app._mcp_server) as client:

        async def note(asked: Any) -> None:
            try:
                found.append((await asked).model_dump_json(by_alias=True))
            except MCPError as error:
                found.append((error.code, error.message, error.data))

        await note(client.list_prompts())
        await note(client.list_resources())
        await note(client.list_resource_templates())
        for uri in addresses.split():
            await note(client.read_resource(uri))
        for arguments in given:
            await note(client.get_prompt("hosted_ask", arguments))
        await note(client.get_prompt("hosted_who", None))
        await note(client.get_prompt("hosted_none", {}))
    return found


def test_compiled_ones_are_listed_and_answered_as_decorated_ones(package: str) -> None:
    before = anyio.run(_answers, _decorated())
    hosted = anyio.run(_answers, FastMCP[Any]("shop", compiled=package))
    assert hosted == before
    assert any("shop True" in str(one) for one in before)
    assert (0, "Error reading resource data://bad: spoilt", None) in before


def test_those_that_stay_come_first(package: str) -> None:
    app = FastMCP[Any]("shop", compiled=package)

    @app.resource("users://{id}/{what}")
    def own(id: str, what: str) -> str:
        return f"{id} {what}"

    @app.prompt()
    def mine() -> str:
        return "mine"

    async def ask() -> None:
        async with Client(app._mcp_server) as client:  # pyright: ignore[reportPrivateUsage]
            prompts = (await client.list_prompts()).prompts
            assert [one.name for one in prompts] == ["mine", "hosted_ask", "hosted_who"]
            read: Any = (await client.read_resource("users://1/x")).contents
            assert read[0].text == "1 x"

    anyio.run(ask)


def test_outside_of_a_request_the_server_can_be_asked_directly(package: str) -> None:
    app = FastMCP[Any]("shop", compiled=package)

    async def ask() -> None:
        filled = await app.get_prompt("hosted_ask", {"topic": "a"})
        assert filled.messages[0].content.text == "a 2"
        with pytest.raises(ValueError, match=re.escape("Missing required arguments: {'topic'}")):
            await app.get_prompt("hosted_ask", {})
        ((one,), (other,)) = [
            await app.read_resource(uri) for uri in ("users://all", "users://3/x")
        ]
        assert (one.mime_type, other.content) == ("text/plain", '{\n  "id": 3\n}')
        with pytest.raises(ValueError, match=f"^{NOT_CREATED * 2}'nine'$"):
            await app.read_resource("users://9/x")

    anyio.run(ask)
