"""What a spec binds to functions and commands runs without a line of yours, in every way that a server is used."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from importlib import import_module
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp import Files
from automcp.output.files import File
from automcp.targets import find
from mcp import Client, StdioServerParameters

from .compiled import emit, imported, lay_out, service

ALONE = """
automcp: 1
name: till
version: 1.0.0
settings:
  motto: {type: string, description: What `till.motto` says.}
schemas:
  Receipt: {type: object, properties: {total: {type: integer, minimum: 0}, day: {type: string, format: date}}, required: [total]}
errors:
  Closed: {description: The till is closed., data: {type: object, properties: {until: {type: string}}, required: [until]}}
  Refused: {description: The command refused.}
groups:
  till:
    description: The till.
    operations:
      total:
        params: {prices: {type: array, items: {type: integer}}, day: {type: string, format: date, optional: true}}
        returns: {$ref: "#/schemas/Receipt"}
        errors: [Closed]
        run: {python: "trade:total"}
      motto: {params: {}, returns: {type: string}, run: {python: {call: "trade:motto", context: true}}}
      count: {params: {}, returns: {type: integer}, run: {command: {argv: [echo, '"many"']}}}
      number: {params: {}, returns: {type: integer, maximum: 3}, run: {command: {argv: [echo, "4"]}}}
      echo: {params: {text: {type: string, optional: true}}, returns: {type: string}, run: {command: {argv: [cat], stdin: "{text}"}}}
      swallow: {params: {}, returns: {type: string}, effect: reads, run: {command: {argv: [cat]}}}
      refuse: {params: {}, run: {command: {argv: [sh, -c, "echo no >&2; exit 3"], errors: {3: Refused}}}}
      hang: {params: {}, timeout: 300ms, run: {command: {argv: [sleep, "1000"]}}}
"""

MIXED = (
    ALONE.replace("name: till", "name: mixed")
    + """
      greet: {params: {}, returns: {type: string}}
  other:
    operations:
      node: {params: {}, returns: {type: string}, run: {python: "platform:node"}}
"""
)

TRADE = """
from dataclasses import dataclass
from datetime import date


@dataclass
class Receipt:
    total: int | str
    day: date | None


def total(prices: list[int], day: date | None = None) -> Receipt:
    assert day is None or isinstance(day, date)
    if sum(prices) == 13:
        from till_server.errors import Closed
        from till_server.models import ClosedData
        raise Closed("We are closed.", data=ClosedData(until="monday"))
    if sum(prices) == 99:
        return Receipt("much", day)
    if sum(prices) == 666:
        raise ValueError("the password is hunter2")
    return Receipt(sum(prices), day)


async def motto(context: object) -> str:
    return context.settings.motto
"""

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(os.name != "posix", reason="commands of POSIX"),
]


def compiled(text: str, folder: Path) -> Path:
    files = emit(service(text, "till.yaml"), ("server",))
    lay_out(Files([*files, File("server/src/trade.py", TRADE)]), folder)
    return folder / "server" / "src"


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:
    """A server of which every operation is bound."""
    folder = tmp_path_factory.mktemp("till")
    compiled(ALONE, folder)
    with imported(folder, "till_server", "trade") as (package, _):
        import_module("till_server._runtime.sdk.testing")
        yield package


@pytest.fixture
def ask(till: Any) -> Callable[..., Any]:
    settings = import_module("till_server.settings").Settings(motto="All sales final.")

    async def asked(tool: str, **arguments: Any) -> Any:
        testing = import_module("till_server._runtime.sdk.testing")
        async with testing.connect(till.build_server(settings=settings)) as connection:
            call = {"name": f"till_{tool}", "arguments": arguments}
            result: Any = await connection.request("tools/call", call)
            said = result["structuredContent"]
            return said["error"] if result["isError"] else said

    return asked


def test_no_file_of_yours_is_needed(till: Any) -> None:
    folder = Path(till.__file__).parent
    assert not (folder / "handlers").exists()
    vendored = {path.name for path in (folder / "_runtime").iterdir() if path.is_dir()}
    kinds = {"bound", "command", "python"}
    assert vendored - {"__pycache__"} == {"lowlevel", "sdk", "server", "shared", *kinds}


@pytest.mark.parametrize(
    ("tool", "arguments", "answer"),
    [
        ("total", {"prices": [1, 2], "day": "2026-01-02"}, {"total": 3, "day": "2026-01-02"}),
        # `null` where the schema knows none counts as not there.
        ("total", {"prices": []}, {"total": 0}),
        ("motto", {}, {"result": "All sales final."}),
        ("echo", {"text": "äö\n"}, {"result": "äö"}),
        ("echo", {}, {"result": ""}),
        ("swallow", {}, {"result": ""}),
    ],
)
async def test_answers(ask: Callable[..., Any], tool: str, arguments: Any, answer: Any) -> None:
    assert await ask(tool, **arguments) == answer


@pytest.mark.parametrize(
    ("tool", "arguments", "error"),
    [
        ("total", {"prices": [13], "day": "2026-01-02"}, {"name": "Closed", "message": "We are closed.", "data": {"until": "monday"}}),
        ("total", {"prices": [99], "day": "2026-01-02"}, {"name": "BackendFailed", "message": "the answer does not fit: total: Input should be a valid integer"}),
        ("total", {"prices": [-1], "day": "2026-01-02"}, {"name": "BackendFailed", "message": "till.total returned what does not fit its schema: total must be at least 0, not -1"}),
        ("count", {}, {"name": "BackendFailed", "message": "the answer does not fit: the value: Input should be a valid integer"}),
        ("number", {}, {"name": "BackendFailed", "message": "till.number returned what does not fit its schema: result must be at most 3, not 4"}),
        ("refuse", {}, {"name": "Refused", "message": "no"}),
        ("hang", {}, {"name": "Timeout", "message": "till.hang took longer than 0.3 seconds."}),
    ],
)  # fmt: skip
async def test_failures(ask: Callable[..., Any], tool: str, arguments: Any, error: Any) -> None:
    assert await ask(tool, **arguments) == error


async def test_what_a_function_of_yours_raises_stays_in_the_log(ask: Callable[..., Any]) -> None:
    failed = await ask("total", prices=[666], day="2026-01-02")
    assert failed["name"] == "InternalError"
    assert "hunter2" not in str(failed)


async def test_handlers_of_a_test_stand_in_for_all_of_it(till: Any) -> None:
    class StandIn:
        def __getattr__(self, name: str) -> StandIn:
            return self

        async def __call__(self, **given: object) -> str:
            return "stood in"

    testing = import_module("till_server._runtime.sdk.testing")
    settings = import_module("till_server.settings").Settings(motto="")
    async with testing.connect(till.build_server(StandIn(), settings=settings)) as connection:
        result = await connection.request("tools/call", {"name": "till_echo", "arguments": {}})
    assert result["structuredContent"] == {"result": "stood in"}


async def test_a_method_of_yours_replaces_what_the_spec_says(tmp_path: Path) -> None:
    package = compiled(MIXED, tmp_path) / "mixed_server"
    place = package / "handlers" / "till.py"
    seed = place.read_text("utf-8")
    assert "class Till(BoundTill):" in seed
    assert seed.count("async def") == 1
    mine = '    async def echo(self, text: str | None, context: Context) -> str:\n        return "mine"\n'
    place.write_text(seed + "\n" + mine, "utf-8")
    with imported(tmp_path, "mixed_server", "trade") as (server, _):
        testing = import_module("mixed_server._runtime.sdk.testing")
        settings = import_module("mixed_server.settings").Settings(motto="m")
        async with testing.connect(server.build_server(settings=settings)) as connection:

            async def ask(tool: str) -> Any:
                said = await connection.request("tools/call", {"name": tool, "arguments": {}})
                return said["structuredContent"]

            assert await ask("till_echo") == {"result": "mine"}
            assert await ask("till_motto") == {"result": "m"}
            assert (await ask("till_greet"))["error"]["name"] == "NotImplemented"
            assert (await ask("other_node"))["result"]


@pytest.mark.slow
async def test_over_stdio_commands_leave_the_protocol_alone(tmp_path: Path) -> None:
    source = compiled(ALONE, tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(source), "TILL_MOTTO": "m"}
    target = StdioServerParameters(
        command=sys.executable, args=["-m", "till_server"], env=environment
    )
    nothing: dict[str, Any] = {}
    with anyio.fail_after(60):
        async with Client(target) as client, anyio.create_task_group() as tasks:
            # Each would eat what the client sends, if it could.
            for _ in range(20):
                tasks.start_soon(client.call_tool, "till_swallow", nothing)
            for number in range(20):
                answer: Any = await client.call_tool("till_echo", {"text": str(number)})
                assert answer.structured_content == {"result": str(number)}


@pytest.mark.slow
def test_settings_are_missed_before_anything_runs(tmp_path: Path) -> None:
    source = compiled(ALONE, tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "TILL_MOTTO"}
    ran = subprocess.run(
        [sys.executable, "-m", "till_server"],
        env={**environment, "PYTHONPATH": str(source)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    assert "TILL_MOTTO (What `till.motto` says.): is not set" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "problem"),
    [
        (None, "there is no module `trade`: put it beside the server's package, or install it for"),
        ("import no_such_thing", "there is no module `no_such_thing` ("),
        ("def total(): ...", "cannot import name 'motto' from 'trade'"),
    ],
)
def test_functions_are_missed_before_anything_runs(
    tmp_path: Path, module: str | None, problem: str
) -> None:
    source = compiled(ALONE, tmp_path)
    (source / "trade.py").unlink()
    if module is not None:
        (source / "trade.py").write_text(module, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "till_server"],
        env={**os.environ, "PYTHONPATH": str(source), "TILL_MOTTO": "m"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    head, told = ran.stderr.splitlines()
    assert head == "The server cannot start:"
    assert told.startswith("- till.total, till.motto: ")
    assert problem in told


@pytest.mark.parametrize("sdk", ["mcp2", "mcp1", "fastmcp4"])
def test_the_code_of_yours_is_the_same_for_every_sdk(sdk: str) -> None:
    files = find("server").emit(service(ALONE, "till.yaml"), {"sdk": sdk})
    place = "src/till_server/bindings/till.py"
    assert (
        files[place].text == emit(service(ALONE, "till.yaml"), ("server",))[f"server/{place}"].text
    )
