"""`automcp serve`: really started, over stdio and HTTP; and what it says of configurations that are broken."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from automcp.cli.group import automcp as main
from click.testing import CliRunner, Result
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from .conftest import PROJECTS

pytestmark = pytest.mark.anyio

GENERATOR = Path(__file__).parents[2] / "generator"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(GENERATOR), "HOME": "/home/studio"}
ERAS = ["legacy", "auto"]


def asked(*words: str, folder: Path = PROJECTS) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable, args=["-m", *words], env=ENVIRONMENT, cwd=folder
    )


def text(result: Any) -> str:
    return cast("str", result.content[0].text)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    "words",
    [
        ["automcp", "serve", "service.yaml"],
        # As clients of former times have it in their settings.
        ["automcp.cli", "run", "service.yaml", "--mode", "stdio", "--timeout", "30"],
    ],
)
async def test_a_service_is_served_over_stdio(words: list[str], era: str) -> None:
    async with Client(asked(*words), mode=cast("Any", era)) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert {"sums.add", "sums.product", "media.query_db"} <= {*names}
        assert text(await client.call_tool("sums.product", {"x": 3, "y": 2})) == "6.0"
        assert text(await client.call_tool("media.query_db", {"query": "q"})) == "row of q"
        found = await client.call_tool("media.variable", {"name": "STUDIO_OWN"})
        assert text(found) == "of the group"
        home = await client.call_tool("media.variable", {"name": "STUDIO_HOME"})
        assert text(home) == "/home/studio/studio"
        # What groups print is not the protocol's.
        assert text(await client.call_tool("sums.noisy", {})) == "quiet"


async def test_one_group_of_a_service_from_another_folder(tmp_path: Path) -> None:
    config = str(PROJECTS / "service.yaml")
    for group in ("sums", "studio.groups.sums:SumGroup"):
        words = ["automcp", "serve", config, "--group", group, "--separator", "_"]
        async with Client(asked(*words, folder=tmp_path)) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
        assert "sums_add" in names
        assert not any(name.startswith("media") for name in names)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return cast("int", one.getsockname()[1])


def wait_for(server: subprocess.Popen[Any], port: int) -> None:
    """Wait until a server listens, or has ended."""
    while server.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@pytest.fixture
def url() -> Iterator[str]:
    port = free_port()
    words = ["automcp", "serve", "group.json", "--http", "--port", str(port)]
    with subprocess.Popen([sys.executable, "-m", *words], cwd=PROJECTS, env=ENVIRONMENT) as server:
        wait_for(server, port)
        yield f"http://127.0.0.1:{port}/mcp"
        server.send_signal(signal.SIGINT)
        assert server.wait(20) in (0, 130)


@pytest.mark.skipif(os.name == "nt", reason="there, Ctrl-C reaches all processes of a console")
async def test_a_group_is_served_over_http(url: str) -> None:
    for era in ERAS:
        async with Client(url, mode=cast("Any", era)) as client:
            assert text(await client.call_tool("sums.plainly", {"number": 1})) == "2"


GUARDED = """
import sys
import anyio
from automcp import AutoMCPServer
from automcp.utils import load_config
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings

class Verifier:
    async def verify_token(self, token):
        if token.startswith("good"):
            return AccessToken(token=token, client_id="c", scopes=token.split("+")[1:])

port = int(sys.argv[1])
url = f"http://127.0.0.1:{port}"
auth = AuthSettings(issuer_url=url, resource_server_url=f"{url}/mcp")
server = AutoMCPServer("sums", load_config("group.json"), auth=auth, token_verifier=Verifier())
anyio.run(server.start_http, "127.0.0.1", port)
"""


async def test_policies_are_asked_of_callers_with_tokens() -> None:
    port = free_port()
    words = [sys.executable, "-c", GUARDED, str(port)]
    with subprocess.Popen(words, cwd=PROJECTS, env=ENVIRONMENT) as server:
        try:
            wait_for(server, port)
            few = await with_token(port, "good")
            assert "sums.add" in few
            assert "sums.product" not in few
            assert "sums.product" in await with_token(port, "good+sums.write")
            with pytest.raises(BaseException):  # noqa: B017 (a group of whatever the client makes of a 401)
                await with_token(port, "bad")
        finally:
            server.terminate()


async def with_token(port: int, token: str) -> list[str]:
    """The tools that are listed for a token; the last of them is called."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)) as client,
    ):
        called = await client.call_tool("sums.product", {"x": 3})
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert called.is_error is ("sums.product" not in names)
        return names


# Broken configurations


def served(path: Path | str, *words: str) -> Result:
    return CliRunner().invoke(main, ["serve", str(path), *words])


def checked(folder: Path, said: str, name: str = "config.yaml") -> Result:
    path = folder / name
    path.write_text(said, "utf-8")
    return served(path, "--check")


def test_a_check_lists_what_would_be_served() -> None:
    ran = served(PROJECTS / "service.yaml", "--check")
    assert ran.exit_code == 0
    assert "media.analyze_image" in ran.stdout.splitlines()
    told = json.loads(served(PROJECTS / "service.yaml", "--check", "--json").stdout)
    assert told["ok"] is True
    assert told["findings"] == []
    assert "sums.add" in told["tools"]


BOMB = "name: a\ngroups: {}\na: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 8)}]\n"
    for before, after in pairwise("abcdefghijk")
)
SERVICE = "name: a\ngroups:\n  {key}: {{name: g}}\n"


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("name: [", "AM003", ["config.yaml:1:"]),
        ("- a\n", "AM701", ["a configuration is a mapping"]),
        ("name: a\n", "AM701", ["`groups` is missing", "`class_path`"]),
        ("groups: {}\n", "AM701", ["`name` is missing"]),
        ("name: a\nclas_path: m:C\n", "AM701", ["did you mean `class_path`?", "config.yaml:2:1"]),
        ("name: a\ngroup: {m:C: {name: g}}\n", "AM701", ["did you mean `groups`?"]),
        ("name: a\ngroups:\n  m:C: {nme: g}\n", "AM701", ["did you mean `name`?", "config.yaml:3:9"]),
        ("name: a\ngroups:\n  m:C: {name: g, packages: p}\n", "AM701", ["`groups.m:C.packages` has to be a list"]),
        ("name: a\ngroups: {}\nenv_vars: {A: 1}\n", "AM701", ["`env_vars.A` has to be text", "write it in quotes"]),
        ("automcp: 1\nname: a\nversion: 1.0.0\ngroups: {}\n", "AM701", ["this is a spec", "`automcp generate "]),
        ("name: a\ngroups: [1]\n", "AM701", ["`groups` has to be a mapping", "config.yaml:2:9"]),
        ("name: a\ngroups:\n  m:C: {name: 3}\n", "AM701", ["`groups.m:C.name`", "config.yaml:3:15"]),
        ("name: a\nname: b\ngroups: {}\n", "AM006", ["stands twice"]),
        (BOMB, "AM005", ["config.yaml:"]),
        ("name: a\ngroups: " + "[" * 5000, "AM005", ["config.yaml:"]),
        ("name: a\ngroups:\n  studio.groups.sums:SumGroup: {name: g}\n  studio.groups.media:MediaGroup: {name: g}\n", "AM706", ["two groups are called `g`", "first here"]),
        (SERVICE.format(key="studio/groups.py"), "AM703", ["write `module.path:Name`"]),
        (SERVICE.format(key="studio/groups/sums.py:SumGroup"), "AM703", ["write `studio.groups.sums:SumGroup`"]),
        (SERVICE.format(key="studio.groups.sums.SumGroup"), "AM703", ["write `studio.groups.sums:SumGroup`"]),
        (SERVICE.format(key='".groups.sums:SumGroup"'), "AM703", ["write it from the top: `package.module:Name`"]),
        (SERVICE.format(key='"studio.groups.sum:SumGroup"'), "AM704", ["there is no module 'studio.groups.sum'", "did you mean `studio.groups.sums`?"]),
        (SERVICE.format(key='"studios.groups:SumGroup"'), "AM704", ["there is no module 'studios'", "start `automcp serve` in the folder"]),
        (SERVICE.format(key='"studio.broken:A"'), "AM704", ["No module named 'a_package_that_nobody_has'", "install it where AutoMCP runs"]),
        (SERVICE.format(key='"studio.failing:A"'), "AM704", ["importing 'studio.failing' fails: ValueError: Invalid isoformat string: 'no date' (failing.py, line 5)"]),
        (SERVICE.format(key='"studio.groups.sums:SumGroups"'), "AM705", ["did you mean `SumGroup`?"]),
        (SERVICE.format(key='"studio.odd:function"'), "AM705", ["is no class, but a function"]),
        (SERVICE.format(key='"studio.odd:Unwilling"'), "AM705", ["OSError: no disk (odd.py, line "]),
        (SERVICE.format(key='"studio.odd:Twins"'), "AM706", ["two operations called 'same'"]),
        ("name: a\ngroups: {}\nenv_vars: {KEY: '${STUDIO_NOWHERE}'}\n", "AM707", ["STUDIO_NOWHERE, which is not set", "config.yaml:3:17"]),
        ("name: a\ngroups: {}\nlifespan: studio.lifespan:app_lifespans\n", "AM708", ["did you mean `app_lifespan`?", "config.yaml:3:11"]),
        ("name: a\ngroups:\n  studio.groups.sums:SumGroup: {name: g, lifespan: 'studio.lifespan:nothing'}\n", "AM708", ["has no 'nothing'", "config.yaml:3:52"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, said: str, code: str, words: list[str]
) -> None:
    ran = checked(tmp_path, said)
    assert ran.exit_code == 1, ran.output
    assert f"error[{code}]" in ran.stderr
    for one in words:
        assert one in ran.stderr, ran.stderr
    assert "Traceback" not in ran.output


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("name: a\ndescripton: b\ngroups: {}\n", "AM702", ["did you mean `description`?", "config.yaml:2:1"]),
        ("name: a\ngroups: {}\npackages: [a-package-nobody-has>=1, 'not a [requirement']\n", "AM709", ["`a-package-nobody-has` is not installed", "is no requirement"]),
        (SERVICE.format(key='"studio.odd:Idle"'), "AM710", ["the group `g` has no operations"]),
    ],
)  # fmt: skip
def test_what_may_be_wrong_is_said_and_served(
    tmp_path: Path, said: str, code: str, words: list[str]
) -> None:
    ran = checked(tmp_path, said)
    assert ran.exit_code == 0, ran.output
    assert f"warning[{code}]" in ran.stderr
    for one in words:
        assert one in ran.stderr


def test_one_group_without_a_class_offers_nothing(tmp_path: Path) -> None:
    ran = checked(tmp_path, '{"name": "example", "packages": []}', "example.json")
    assert ran.exit_code == 0
    assert "say which class it is: `class_path`" in ran.stderr


def test_notes_in_a_configuration_are_nobodys_business() -> None:
    said = served(PROJECTS / "group.json", "--check").stderr.splitlines()
    # The project's modules print something when they are imported.
    assert [line for line in said if line != "imported"] == []


def test_names_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    said = 'name: a\ngroups:\n  "studio.groups.sums:SumGroup": {name: "g\\e[2J"}\n'
    ran = checked(tmp_path, said)
    assert ran.exit_code == 0
    assert "\x1b" not in ran.output


def test_a_port_that_is_taken_ends_the_server() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = ["serve", "group.json", "--http", "--port", port]
        ran = subprocess.run(
            [sys.executable, "-m", "automcp", *words],
            cwd=PROJECTS,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 3
    # The project's modules print something when they are imported.
    said = [line for line in ran.stderr.splitlines() if line != "imported"]
    assert said == [f"error: port {port} of 127.0.0.1 is taken: say another with --port"]


def test_a_group_that_is_not_there() -> None:
    ran = served(PROJECTS / "service.yaml", "--check", "--group", "sum")
    assert ran.exit_code == 1
    assert "no group is called `sum`" in ran.stderr
    assert "did you mean `sums`?" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [["nothing.yaml"], ["--port", "1", "{config}"], ["{config}", "--json"], ["{config}", "--timeout", "0"], []],
)  # fmt: skip
def test_wrong_words_are_wrong_usage(words: list[str]) -> None:
    config = str(PROJECTS / "service.yaml")
    ran = CliRunner().invoke(main, ["serve", *(one.format(config=config) for one in words)])
    assert ran.exit_code == 2


def test_run_keeps_what_is_for_configurations_to_them(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["run", str(tmp_path), "--group", "g"])
    assert ran.exit_code == 2
    assert "need a configuration of service groups" in ran.stderr


def test_a_lifespan_that_fails_ends_the_server_with_words(tmp_path: Path) -> None:
    (tmp_path / "failing.py").write_text(
        "async def up(server):\n    raise OSError('the database is down')\n    yield {}\n", "utf-8"
    )
    (tmp_path / "config.yaml").write_text("name: a\ngroups: {}\nlifespan: failing:up\n", "utf-8")
    words = [sys.executable, "-m", "automcp", "serve", "config.yaml"]
    ran = subprocess.run(
        words, cwd=tmp_path, env=ENVIRONMENT, input="", capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert "error: OSError: the database is down" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_configuration_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOMCP_CONFIG_PATH", str(PROJECTS / "group.json"))
    ran = CliRunner().invoke(main, ["serve", "--check"])
    assert ran.exit_code == 0
    assert "sums.add" in ran.stdout


def test_the_only_configuration_of_a_folder_need_not_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def check() -> Result:
        return CliRunner().invoke(main, ["serve", "--check"])

    (tmp_path / "package.json").write_text('{"name": "a"}', "utf-8")
    (tmp_path / "spec.yaml").write_text("automcp: 1\nname: a\ngroups: {}\n", "utf-8")
    nothing = check()
    assert nothing.exit_code == 2
    assert "here is none" in nothing.stderr
    said = "name: a\ngroups: {'studio.groups.sums:SumGroup': {name: sums}}\n"
    (tmp_path / "a.yaml").write_text(said, "utf-8")
    assert "sums.add" in check().stdout
    (tmp_path / "b.yml").write_text(said, "utf-8")
    several = check()
    assert several.exit_code == 2
    assert "CONFIG, one of a.yaml, b.yml" in several.stderr


def test_help_imports_no_sdk() -> None:
    program = (
        "import sys\nsys.argv = ['automcp', 'serve', '--help']\n"
        "from automcp.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "assert not {'mcp', 'pydantic', 'yaml', 'anyio'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)  # fmt: skip
