"""What is built and installed works without the checkout: both compiled packages, and AutoMCP itself."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import anyio
import pytest
from mcp import Client, StdioServerParameters

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SHOP = ROOT / "examples/shop"
TOOLS = [
    *("catalog_search", "catalog_product", "catalog_categories"),
    *("orders_create", "orders_read", "orders_annotate", "orders_cancel"),
    *("payments_pay", "payments_rate", "reports_sales", "reports_footfall"),
]
PINNED = {"mcp-types", "pydantic-core"}
"""Parts of `mcp` and `pydantic` under names of their own, which those require in one exact version."""
MODES: tuple[Literal["auto", "legacy"], ...] = ("auto", "legacy")

CALLS = """
import json
import sys

# What an editable install of AutoMCP leaves in an environment must not help.
sys.modules["automcp"] = None

import anyio
from mcp import StdioServerParameters
from shop_client import InvalidArguments, Line, OutOfStock, Pickup, ShopClient


async def main(server) -> None:
    said = []
    async with ShopClient(server, {"verify": "strict"}) as shop:
        said += [product.sku for product in await shop.catalog.search("tea")]
        try:
            mugs = [Line(sku="MUG-001", quantity=9)]
            await shop.orders.create("Ada", mugs, Pickup(kind="pickup", store="Oslo"))
        except OutOfStock as error:
            said.append(error.data.available)
        try:
            await shop.catalog.product("tea")
        except InvalidArguments as error:
            said.append(error.violations[0].path)
    print(json.dumps(said))


command = sys.argv[1:]
http = command[0].startswith("http")
anyio.run(main, command[0] if http else StdioServerParameters(command=command[0]))
"""
"""Calls the server that it is given with the compiled client, and prints what came of it."""

EXTENDED = """
import sys

sys.modules["automcp"] = None

from mcp.server.mcpserver import MCPServer
from shop_server import build_server
from starlette.requests import Request
from starlette.responses import PlainTextResponse

server = build_server()
assert isinstance(server, MCPServer)


@server.tool()
def double(number: int) -> int:
    return 2 * number


@server.custom_route("/health", methods=["GET"])
async def health(request: Request) -> PlainTextResponse:
    return PlainTextResponse("well")


if __name__ == "__main__":
    server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
"""
"""A program that adds a tool and a route of its own to the compiled server."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment into which wheels were installed.

    Attributes:
        wheels: What was installed.
        scripts: The folder of the console scripts.
        elsewhere: A folder outside the checkout to run programs in.
    """

    wheels: tuple[Path, ...]
    scripts: Path
    elsewhere: Path

    @property
    def environment(self) -> dict[str, str]:
        """Nothing that leads back to the checkout."""
        hidden = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")
        return {key: value for key, value in os.environ.items() if key not in hidden}

    def run(self, *command: str) -> str:
        """Run a console script, or Python, in the environment; what it prints on stdout."""
        program, *arguments = command
        ran = subprocess.run(
            [str(self.scripts / program), *arguments],
            cwd=self.elsewhere,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


def run_here(*command: str) -> None:
    """Run a module of this environment, which has the build backend and the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    ran = subprocess.run(
        [sys.executable, "-m", *command], env=environment, capture_output=True, check=False
    )
    assert ran.returncode == 0, (ran.stdout + ran.stderr).decode(errors="replace")


def build(projects: Sequence[Path], into: Path) -> tuple[Path, ...]:
    """A wheel of each project."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
    run_here("pip", "wheel", *quiet, "--wheel-dir", str(into), *map(str, projects))
    return tuple(sorted(into.glob("*.whl")))


def install(wheels: Sequence[Path], into: Path) -> Installed:
    """A new environment with `wheels`; what they depend on is borrowed from this one."""
    venv.create(into / "venv", with_pip=False)
    scripts = into / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.check_output([str(scripts / "python"), "-c", ask], text=True)
    # A `.pth` file inside the borrowed folder is not read, so an editable AutoMCP stays out.
    Path(told.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    into_it = ("--python", str(scripts / "python"))
    run_here("pip", *into_it, "install", *quiet, "--ignore-installed", *map(str, wheels))
    elsewhere = into / "elsewhere"
    elsewhere.mkdir()
    return Installed(tuple(wheels), scripts, elsewhere)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The shop with the handlers that people wrote, compiled, built and installed."""
    folder = tmp_path_factory.mktemp("shop")
    project = folder / "project"
    mine = Path("server/src/shop_server")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SHOP / mine / "handlers", project / mine / "handlers", ignore=ignored)
    shutil.copy(SHOP / mine / "state.py", project / mine)
    shutil.copy(SHOP / "shop.yaml", project)
    run_here("automcp", "generate", str(project))
    wheels = build([project / "server", project / "client"], folder / "wheels")
    return install(wheels, folder)


@pytest.fixture(scope="module")
def automcp(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """AutoMCP itself, built from this checkout and installed."""
    folder = tmp_path_factory.mktemp("automcp")
    return install(build([ROOT], folder / "wheels"), folder)


@contextmanager
def serving(installed: Installed, *command: str) -> Generator[str]:
    """A server that takes its port as its last argument; gives the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    program, *arguments = command
    log = installed.elsewhere / f"{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(installed.scripts / program), *arguments, str(port)],
            cwd=installed.elsewhere,
            env=installed.environment,
            stdout=output,
            stderr=output,
        )
    try:
        until = time.monotonic() + 30
        while not listens(port):
            assert server.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def answers(target: str | StdioServerParameters, mode: Literal["auto", "legacy"]) -> None:
    """The server lists its tools and answers, also when it has to refuse."""
    with anyio.fail_after(60):
        async with Client(target, mode=mode) as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
            found: Any = await client.call_tool("catalog_search", {"text": "tea", "limit": 1})
            assert found.structured_content["result"][0]["sku"] == "TEA-001"
            refused: Any = await client.call_tool("catalog_product", {"sku": "tea"})
            assert refused.structured_content["error"]["name"] == "InvalidArguments"


def test_wheels_hold_the_whole_package(shop: Installed) -> None:
    client, server = (ZipFile(wheel).namelist() for wheel in shop.wheels)
    for name in ("models.py", "errors.py", "surface.json", "py.typed", "_runtime/shared/schema.py"):
        assert f"shop_client/{name}" in client
        assert f"shop_server/{name}" in server
    assert "shop_server/handlers/orders.py" in server
    packages = {name.split("/")[0] for name in (*client, *server)}
    assert {name for name in packages if not name.endswith(".dist-info")} == {
        "shop_client",
        "shop_server",
    }


def test_packages_declare_what_they_import(shop: Installed) -> None:
    known = packages_distributions()
    for wheel in shop.wheels:
        imported = third_party(wheel)
        needed = {known[name][0].lower().replace("_", "-") for name in imported}
        assert needed - PINNED <= declared(wheel), wheel.name
        assert "automcp" not in imported


def third_party(wheel: Path) -> set[str]:
    """The packages that the modules in a wheel import, besides the standard library and their own."""
    found: set[str] = set()
    with ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".py"):
                for node in ast.walk(ast.parse(archive.read(name))):
                    if isinstance(node, ast.Import):
                        found |= {alias.name.split(".")[0] for alias in node.names}
                    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                        found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names


def declared(wheel: Path) -> set[str]:
    """The distributions that a wheel depends on."""
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    found = re.findall(r"^Requires-Dist: ([\w.-]+)", metadata, re.MULTILINE)
    return {name.lower().replace("_", "-") for name in found}


@pytest.mark.parametrize("package", ["shop_server", "shop_client"])
def test_importing_needs_no_automcp(shop: Installed, package: str) -> None:
    blocked = "import importlib, pkgutil, sys; sys.modules['automcp'] = None; "
    package_itself = f"import {package}; "
    walk = (
        f"[importlib.import_module(m.name) for m in pkgutil.walk_packages({package}.__path__, '{package}.')"
        " if not m.name.endswith('__main__')]; "
    )
    told = "print('imported')"
    assert shop.run("python", "-c", blocked + package_itself + walk + told) == "imported\n"


@pytest.mark.parametrize("mode", MODES)
async def test_the_console_script_serves_on_stdio(
    shop: Installed, mode: Literal["auto", "legacy"]
) -> None:
    script = str(shop.scripts / "shop-server")
    started = StdioServerParameters(command=script, env=shop.environment, cwd=shop.elsewhere)
    await answers(started, mode)


@pytest.mark.parametrize("mode", MODES)
async def test_the_console_script_serves_over_http(
    shop: Installed, mode: Literal["auto", "legacy"]
) -> None:
    with serving(shop, "shop-server", "--http", "--port") as address:
        await answers(f"{address}/mcp", mode)


def test_the_compiled_client_calls_over_stdio(shop: Installed) -> None:
    said = shop.run("python", "-c", CALLS, str(shop.scripts / "shop-server"))
    assert json.loads(said) == ["TEA-001", "TEA-002", "POT-001", 3, "sku"]


def test_the_compiled_client_calls_over_http(shop: Installed) -> None:
    with serving(shop, "shop-server", "--http", "--port") as address:
        said = shop.run("python", "-c", CALLS, f"{address}/mcp")
    assert json.loads(said) == ["TEA-001", "TEA-002", "POT-001", 3, "sku"]


async def test_what_is_added_by_hand_works_beside_it(shop: Installed) -> None:
    program = shop.elsewhere / "extended.py"
    program.write_text(EXTENDED, "utf-8")
    with serving(shop, "python", str(program)) as address:
        with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
            assert answer.read() == b"well"
        async with Client(f"{address}/mcp") as client:
            listed = [tool.name for tool in (await client.list_tools()).tools]
            assert listed == [*TOOLS, "double"]
            doubled: Any = await client.call_tool("double", {"number": 21})
            assert doubled.structured_content == {"result": 42}
            found: Any = await client.call_tool("catalog_search", {"text": "submarine"})
            assert found.structured_content == {"result": []}


def test_the_wheel_of_automcp_holds_its_data(automcp: Installed) -> None:
    (wheel,) = automcp.wheels
    held = set(ZipFile(wheel).namelist())
    for folder in ("blueprints", "specs"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"automcp/_assets/{path.relative_to(ROOT).as_posix()}" in held
    assert "automcp/_assets/copier.yml" in held
    for module in (ROOT / "generator/automcp").rglob("*.py"):
        assert module.relative_to(ROOT / "generator").as_posix() in held
    assert "automcp/py.typed" in held
    strays = [name for name in held if "__pycache__" in name or not name.startswith("automcp")]
    assert strays == []


def test_an_installed_automcp_starts_a_project(automcp: Installed) -> None:
    where = automcp.run("python", "-c", "import automcp; print(automcp.__file__)")
    assert Path(where).is_relative_to(automcp.scripts.parent)
    automcp.run("automcp", "new", "notes", "--defaults")
    automcp.run("automcp", "generate", "--check", "notes")
    added = automcp.run("automcp", "call", "--path", "notes", "notes_add", "text=tea")
    assert json.loads(added) == {"id": 1, "text": "tea"}
