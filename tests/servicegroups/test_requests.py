"""Groups of khivemcp: one `request` for each operation, and the names that its releases gave."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from automcp.cli.group import automcp as main
from automcp.runtime.legacy_groups import tools
from automcp.runtime.legacy_groups.configuration import load_config
from automcp.runtime.legacy_groups.server import AutoMCPServer
from automcp.runtime.legacy_groups.types import GroupConfig
from click.testing import CliRunner
from mcp.server.auth.provider import AccessToken

from .conftest import PROJECTS
from .test_server import ERAS, Told, call, connected, texts

pytestmark = pytest.mark.anyio


@pytest.fixture
def server() -> AutoMCPServer:
    config = load_config(PROJECTS / "greeters.yaml")
    return AutoMCPServer(config.name, config)


@pytest.mark.parametrize("era", ERAS)
async def test_input_is_nested_under_request(server: AutoMCPServer, era: str) -> None:
    async with connected(server, era) as client:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        hello = listed["greeter.hello"]
        assert hello.description is not None
        assert hello.description.startswith("Says hello.Input schema: {")
        assert hello.input_schema["required"] == ["request"]
        assert hello.input_schema["properties"] == {"request": {"$ref": "#/$defs/Greeting"}}
        told = await call(client, "greeter.hello", request={"name": "Ada", "times": 2})
        assert told.structured_content == {"message": "Hello, Ada! Hello, Ada!"}
        assert texts(await call(client, "greeter.loose", request={"name": "Ada"})) == ["Greeting"]
        waved = await call(client, "greeter.wave")
        assert waved.structured_content == {"running": True, "style": "wide"}
        wrong = await call(client, "greeter.hello", request={})
        assert wrong.is_error
        assert "request.name: Field required" in texts(wrong)[0]
        loose = await call(client, "greeter.loose", request={})
        assert loose.is_error
        assert "name" in texts(loose)[0]
        assert "other-greeter.hello" in listed


async def test_a_context_is_handed_on(server: AutoMCPServer) -> None:
    told = Told()
    async with connected(server, told=told) as client:
        named = await call(client, "greeter.with_context", request={"name": "Ada"})
        assert texts(named) == ["Ada"]
    assert told.logs == [("info", "greeting Ada")]


async def test_permissions_are_asked_also_of_callers_that_nobody_knows(
    server: AutoMCPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(server) as client:
        refused = await call(client, "greeter.secret")
        assert (refused.is_error, texts(refused)) == (
            True,
            ["Error: greeter.secret needs the permission greet"],
        )
        token = AccessToken(token="t", client_id="c", scopes=["greet"])
        monkeypatch.setattr(tools, "get_access_token", lambda: token)
        assert texts(await call(client, "greeter.secret")) == ["psst"]


@pytest.mark.parametrize(
    ("release", "words", "name"),
    [
        (None, [], "greeter.hello"),
        ("0.1.2", [], "greeter.hello"),
        ("0.1.3", [], "greeter_hello"),
        ("1.1.1", [], "hello"),
        ("1.1.1", ["--separator", "_"], "greeter_hello"),
        (None, ["--separator", "none"], "hello"),
    ],
)
def test_names_are_those_of_the_release_that_is_installed(
    release: str | None, words: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import metadata

    before = metadata.version

    def version(package: str) -> str:
        if package == "khivemcp" and release is not None:
            return release
        return before(package)

    monkeypatch.setattr(metadata, "version", version)
    config = str(PROJECTS / "greeters.yaml")
    ran: Any = CliRunner().invoke(main, ["serve", config, "--check", "--group", "greeter", *words])
    assert ran.exit_code == 0, ran.output
    assert name in ran.stdout.splitlines()


def test_the_release_of_a_project_that_brings_the_package_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from types import ModuleType

    from automcp.runtime.legacy_groups.requests import usual_separator

    module: Any = ModuleType("khivemcp")
    monkeypatch.setitem(sys.modules, "khivemcp", module)
    assert usual_separator() == "."
    for release, separator in (("1.1.1", None), ("0.1.3", "_"), ("0.1.0", "."), ("odd", ".")):
        module.__version__ = release
        assert usual_separator() == separator


def test_operations_of_one_bare_name_are_an_error() -> None:
    words = ["serve", str(PROJECTS / "greeters.yaml"), "--check", "--separator", "none"]
    ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 1
    assert "error[AM706]" in ran.stderr
    assert "`--separator _` puts the group's name in front" in ran.stderr
    assert "two operations are called '" in ran.stderr


@pytest.mark.parametrize("name", ["khivemcp", "hivemcp", "automcp"])
async def test_operations_are_known_by_every_name_that_the_package_had(name: str) -> None:
    class Group:
        async def hello(self, request: dict[str, Any]) -> str:
            return f"hello {request['name']}"

    said = {"local_name": "hi", "description": "Says so.", f"is_{name}_operation": True}
    setattr(Group.hello, f"__{name}_op_meta__", said)
    made = AutoMCPServer("g", GroupConfig(name="g"))
    made.groups["g"] = Group()
    async with connected(made) as client:
        [tool] = (await client.list_tools()).tools
        assert (tool.name, tool.description) == ("g.hi", "Says so.")
        assert texts(await call(client, "g.hi", request={"name": "Ada"})) == ["hello Ada"]
