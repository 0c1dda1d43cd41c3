"""What a compiled server passes on to a server that is not ours, and what ends there."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
import yaml
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.session import ClientRequestContext
from mcp_types import (
    ElicitRequestParams,
    ElicitResult,
    PromptReference,
    ResourceTemplateReference,
)
from pydantic import BaseModel

from .dialects import environment, free_port, wait_for
from .test_proxy import automcp

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).parent / "passed_on" / "sample.py"

Ask = Callable[[Client], Awaitable[BaseModel]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server `sample.py`, and beside it what passes everything on to it."""
    folder = tmp_path_factory.mktemp("passed_on")
    shutil.copy(SAMPLE, folder / "sample.py")
    command = shlex.join([sys.executable, str(folder / "sample.py")])
    spec = folder / "sample.yaml"
    automcp("import", "server", "--command", command, "--proxy", "--out", spec)
    text = spec.read_text("utf-8")
    limited = text.replace("run: {proxy: hang}", "timeout: 1s\n        run: {proxy: hang}")
    assert limited != text
    spec.write_text(limited, "utf-8")
    automcp("generate", spec)
    return folder


def direct(folder: Path) -> StdioServerParameters:
    return StdioServerParameters(command=sys.executable, args=[str(folder / "sample.py")])


def through(folder: Path, **environment: str) -> StdioServerParameters:
    path = str(folder / "server" / "src")
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "sample_server"],
        env={"PYTHONPATH": path, **environment},
    )


@asynccontextmanager
async def both(folder: Path) -> AsyncGenerator[tuple[Client, Client]]:
    async with Client(direct(folder)) as first, Client(through(folder)) as second:
        yield first, second


async def answer(ask: Ask, client: Client) -> Any:
    """What comes back, as it is on the wire but for `_meta`; of an error, what it says."""
    try:
        result = await ask(client)
    except MCPError as error:
        return error.code, error.message, error.data
    return result.model_dump(mode="json", by_alias=True, exclude={"meta"}, exclude_none=True)


def read(uri: str) -> Ask:
    return lambda client: client.read_resource(uri)


def fill(prompt: str, /, **arguments: str) -> Ask:
    return lambda client: client.get_prompt(prompt, arguments)


def complete(of: str, argument: str, /, **others: str) -> Ask:
    reference = ResourceTemplateReference(uri=of) if "://" in of else PromptReference(name=of)
    asked = {"name": argument, "value": "a"}
    return lambda client: client.complete(reference, asked, context_arguments=others or None)


PAGES = "x://pages/{id}{?language}"
ASKED: list[Ask] = [
    lambda client: client.list_resources(),
    lambda client: client.list_resource_templates(),
    *map(
        read, ("x://fixed", "x://image", "x://bytes/a%20b", "x://files/a/b%20c", "x://files/a%2Fb")
    ),
    *map(read, ("x://pages/7", "x://pages/7?language=de", "x://pages/%C3%A4", "x://pages/none")),
    *map(read, ("x://nowhere", "x://files/a//b")),
    fill("greet", name="Ann"),
    fill("greet", name="", mood="bad"),
    fill("plain"),
    complete("greet", "name"),
    complete(PAGES, "language", id="7"),
]


async def test_the_same_comes_back(folder: Path) -> None:
    async with both(folder) as (first, second):
        names = [
            [(one.name, one.description, one.arguments or []) for one in listed.prompts]
            for listed in (await first.list_prompts(), await second.list_prompts())
        ]
        assert names[0] == names[1] != []
        for ask in ASKED:
            assert await answer(ask, second) == await answer(ask, first)


async def test_what_nobody_completes_is_empty(folder: Path) -> None:
    async with Client(through(folder)) as client:
        for ask in (complete("greet", "mood"), complete(PAGES, "id")):
            result = await answer(ask, client)
            assert result["completion"]["values"] == []


async def test_what_fails_there_is_said_to_have_failed_there(folder: Path) -> None:
    async with Client(through(folder)) as client:
        code, message, data = await answer(read("x://pages/broken"), client)
    assert (code, data["error"]["name"]) == (-32000, "BackendFailed")
    assert "Error creating resource" in message and "not for callers" not in message


async def test_cancelling_a_call_cancels_it_there(folder: Path) -> None:
    log = folder / "sample.log"
    log.write_text("", "utf-8")
    async with Client(through(folder)) as client:
        told: list[str | None] = []

        async def heard(progress: float, total: float | None, message: str | None) -> None:
            told.append(message)
            tasks.cancel_scope.cancel()

        async with anyio.create_task_group() as tasks:
            await client.call_tool("wait", {"seconds": 60}, progress_callback=heard)
        with anyio.fail_after(20):
            while "cancelled" not in log.read_text("utf-8"):
                await anyio.sleep(0.05)
        assert told == ["half of it"]
        assert not (await client.call_tool("wait", {"seconds": 0})).is_error


async def test_a_time_limit_of_the_spec_ends_the_call_there(folder: Path) -> None:
    log = folder / "sample.log"
    log.write_text("", "utf-8")
    async with Client(through(folder)) as client:
        # Once it runs, what takes a second is the call.
        await client.call_tool("environment", {"name": "HOME"})
        result = await client.call_tool("hang", {})
        with anyio.fail_after(20):
            while "cancelled" not in log.read_text("utf-8"):
                await anyio.sleep(0.05)
    assert result.is_error and "took longer than 1 seconds" in str(result.content)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize(
    ("tool", "why"),
    [
        ("ask", "elicitation/create"),
        ("sample", "sampling/createMessage"),
        ("rounds", "questions are not passed on"),
        ("capable", "wants of its client what is not passed on: This needs a client that"),
    ],
)
async def test_questions_end_in_an_error(folder: Path, tool: str, why: str, mode: Any) -> None:
    """Whatever the caller could answer: the other server talks to nobody but the compiled one."""

    async def elicited(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        raise AssertionError("it was asked")

    async with Client(through(folder), mode=mode, elicitation_callback=elicited) as client:
        with anyio.fail_after(20):
            result = await client.call_tool(tool, {})
    assert result.is_error and why in str(result.content)


@pytest.fixture(scope="module")
def blunt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What passes everything on to `blunt.py`."""
    folder = tmp_path_factory.mktemp("blunt")
    spec = folder / "sample.yaml"
    command = shlex.join([sys.executable, str(SAMPLE.with_name("blunt.py"))])
    automcp("import", "server", "--command", command, "--proxy", "--as", "sample", "--out", spec)
    automcp("generate", spec)
    return folder


async def test_an_older_server_that_asks_is_told_that_nobody_answers(blunt: Path) -> None:
    async with Client(through(blunt)) as client:
        for tool in ("elicit", "sample", "roots"):
            with anyio.fail_after(20):
                result = await client.call_tool(tool, {})
            assert result.is_error and "asked in vain" in str(result.content)


async def test_what_an_older_server_answers(blunt: Path) -> None:
    """Several parts, none, and what it does not find by the code of its revision."""
    async with Client(through(blunt)) as client:
        two = await answer(read("x://two"), client)
        none = await answer(read("x://none"), client)
        missing = await answer(read("x://missing"), client)
        spoilt = await answer(read("x://spoilt"), client)
        odd = await answer(fill("odd"), client)
    assert [(one["uri"], one["text"]) for one in two["contents"]] == [
        ("x://two/0", "0"),
        ("x://two/1", "1"),
    ]
    assert none["contents"] == []
    assert missing == (-32602, "Resource not found [2J", None)
    for code, message, _ in (spoilt, odd):
        assert code == -32000 and "BackendFailed" in message and "no Base64" in message


def elsewhere(folder: Path, upstream: dict[str, Any]) -> str:
    """The spec with another upstream."""
    spec = yaml.safe_load((folder / "sample.yaml").read_text("utf-8"))
    spec["backends"]["upstream"]["mcp"] = upstream
    return json.dumps(spec)


@contextmanager
def listening(
    command: list[str], port: int, environment: Mapping[str, str] | None = None
) -> Generator[None]:
    """While a command listens."""
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.kill()


@pytest.fixture
def port(folder: Path) -> Generator[int]:
    """Where `sample.py` listens."""
    port = free_port()
    with listening([sys.executable, str(folder / "sample.py"), str(port)], port):
        yield port


async def test_over_http_with_a_header_from_the_settings(port: int, tmp_path: Path) -> None:
    """The importer's own is not written down."""
    url, spec = f"http://127.0.0.1:{port}/mcp", tmp_path / "sample.yaml"
    header = ("--header", "X-Key: of the importer")
    automcp("import", "server", "--url", url, *header, "--proxy", "--out", spec)
    assert "of the importer" not in spec.read_text("utf-8")
    automcp("generate", spec)
    key = {"SAMPLE_UPSTREAM_X_KEY": "of the server"}
    async with Client(through(tmp_path, **key)) as client:
        said: list[Any] = []

        async def call() -> None:
            said.append((await client.call_tool("header", {"name": "x-key"})).structured_content)

        async with anyio.create_task_group() as tasks:
            for _ in range(25):
                tasks.start_soon(call)
        assert said == [{"result": "of the server"}] * 25
        page = await answer(read("x://pages/7?language=de"), client)
        completed = await answer(complete("greet", "name"), client)
        greeted = await answer(fill("greet", name="Ann"), client)
    assert page["contents"][0]["text"] == "7 in de"
    assert completed["completion"]["values"] == ["a1", "a2"]
    assert greeted["messages"][0]["content"]["text"] == "Hello Ann!"


async def test_a_server_whose_upstream_is_itself_says_so(folder: Path, tmp_path: Path) -> None:
    port = free_port()
    url, spec = f"http://127.0.0.1:{port}/mcp", tmp_path / "sample.yaml"
    spec.write_text(elsewhere(folder, {"url": url}), "utf-8")
    automcp("generate", spec)
    itself = through(tmp_path)
    command = [sys.executable, "-m", "sample_server", "--http", "--port", str(port)]
    asked: list[Ask] = [
        lambda client: client.call_tool("header", {"name": "x"}),
        read("x://pages/7"),
        fill("plain"),
        complete("greet", "name"),
    ]
    with listening(command, port, {**os.environ, **(itself.env or {})}):
        async with Client(url) as client:
            for ask in asked:
                with anyio.fail_after(20):
                    assert "leads back to this very server" in str(await answer(ask, client))


async def test_servers_that_are_each_others_upstream_say_so(folder: Path, tmp_path: Path) -> None:
    ports = [free_port(), free_port()]
    urls = [f"http://127.0.0.1:{port}/mcp" for port in ports]
    with ExitStack() as running:
        for name, port, other in zip("ab", ports, reversed(urls), strict=True):
            place = tmp_path / name
            place.mkdir()
            spec = place / "sample.yaml"
            spec.write_text(elsewhere(folder, {"url": other}), "utf-8")
            automcp("generate", spec)
            environment = {**os.environ, **(through(place).env or {})}
            command = [sys.executable, "-m", "sample_server", "--http", "--port", str(port)]
            running.enter_context(listening(command, port, environment))
        async with Client(urls[0]) as client:
            with anyio.fail_after(30):
                for _ in range(15):
                    # More often than a server has connections to another.
                    result = await client.call_tool("header", {"name": "x"})
                    assert "leads back to this very server" in str(result.content)
                assert "leads back" in str(await answer(read("x://pages/7"), client))


async def test_carried_by_another_sdk(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "sample.yaml", tmp_path)
    said = 'spec = "sample.yaml"\n[targets.server]\nout = "server"\nsdk = "fastmcp4"\n'
    (tmp_path / "automcp.toml").write_text(said, "utf-8")
    automcp("generate", tmp_path)
    python = str(environment("fastmcp4", tmp_path / "server"))
    carried = through(tmp_path).model_copy(update={"command": python})
    async with Client(direct(folder)) as first, Client(carried) as second:
        for ask in ASKED:
            assert await answer(ask, second) == await answer(ask, first)


async def test_a_server_that_starts_itself_comes_to_an_end(folder: Path, tmp_path: Path) -> None:
    spec = tmp_path / "again.yaml"
    start = tmp_path / "start.py"
    start.write_text(
        f"import sys\nopen({str(tmp_path / 'started')!r}, 'a').write('.')\n"
        f"sys.path.insert(0, {str(tmp_path / 'server/src')!r})\n"
        "from sample_server.__main__ import main\nmain()\n",
        "utf-8",
    )
    spec.write_text(elsewhere(folder, {"command": [sys.executable, str(start)]}), "utf-8")
    automcp("generate", spec)
    parameters = StdioServerParameters(command=sys.executable, args=[str(start)])
    async with Client(parameters) as client:
        with anyio.fail_after(60):
            result = await client.call_tool("environment", {"name": "HOME"})
    assert result.is_error and "8 servers start each other" in str(result.content)
    assert len((tmp_path / "started").read_text()) == 9
