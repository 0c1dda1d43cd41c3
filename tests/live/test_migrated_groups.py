"""Legacy servers that are made from a configuration: classes with decorated methods, loaded by name, started in any way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial
from mcp import Client, StdioServerParameters

from .dialects import ROOT, python_with

pytestmark = pytest.mark.slow

DECORATOR = """\
import functools

def operation(name, schema):
    def decorate(function):
        @functools.wraps(function)
        async def run(self, request):
            return await function(self, schema.model_validate(request) if isinstance(request, dict) else request)
        run.said = {"name": name, "schema": schema, "doc": f"{function.__doc__}Input: {schema.model_json_schema()}."}
        return run
    return decorate
"""
GROUPS = '''\
from pydantic import BaseModel
from grouped.decorator import operation

class Amount(BaseModel):
    grams: int
    unit: str = "g"

class TeaGroup:
    def __init__(self, config):
        self.price = config["price"]

    @operation("price", Amount)
    async def price_of(self, request: Amount) -> dict:
        """What it costs."""
        if request.grams < 0:
            raise ValueError("less than nothing")
        return {"cents": request.grams * self.price}
'''
LOADING = """\
import importlib, inspect, json, sys
from pathlib import Path

def groups():
    for one in json.loads(Path(sys.argv[1]).read_text())["groups"].values():
        module, _, name = one["class_path"].partition(":")
        group = getattr(importlib.import_module(module), name)(one["config"])
        for _, method in inspect.getmembers(group, inspect.iscoroutinefunction):
            if hasattr(method, "said"):
                yield one["name"], method, method.said
"""
HIGH = """\
import asyncio
from mcp.server.fastmcp import FastMCP
from .loading import groups

async def serve():
    server = FastMCP(name="grouped", instructions="By configuration.")
    for group, method, said in groups():
        server.add_tool(method, name=f"{group}.{said['name']}", description=said["doc"])
    await server.run_stdio_async()

def main():
    asyncio.run(serve())
"""
LOW = """\
import asyncio
import mcp.types as types
from mcp.server import NotificationOptions, Server
from mcp.server.models import InitializationOptions
from mcp.server.stdio import stdio_server
from .loading import groups

class GroupedServer:
    def __init__(self):
        self.server = Server("grouped")
        self.found = {f"{group}.{said['name']}": (method, said) for group, method, said in groups()}

        @self.server.list_tools()
        async def listed() -> list[types.Tool]:
            return [
                types.Tool(name=name, description=said["doc"], inputSchema=said["schema"].model_json_schema())
                for name, (_, said) in self.found.items()
            ]

        @self.server.call_tool()
        async def called(name: str, arguments: dict | None = None) -> list[types.TextContent]:
            try:
                text = str(await self.found[name][0](arguments))
            except Exception as error:
                text = f"Error: {error}"
            return [types.TextContent(type="text", text=text)]

    async def start(self):
        async with stdio_server() as (read, write):
            capabilities = self.server.get_capabilities(notification_options=NotificationOptions(), experimental_capabilities={})
            await self.server.run(read, write, InitializationOptions(server_name="grouped", server_version="1.0.0", capabilities=capabilities))

def main():
    asyncio.run(GroupedServer().start())
"""
STANDALONE = """\
from fastmcp import FastMCP
from .loading import groups

def wrapped(method, said):
    async def run(request):
        return await method(request)
    run.__annotations__ = {"request": dict, "return": dict}
    run.__name__, run.__doc__ = said["name"], said["doc"]
    return run

def main():
    server = FastMCP(name="grouped", instructions="By configuration.")
    for _, method, said in groups():
        server.tool(wrapped(method, said))
    server.run()
"""
CONFIG = """{"name": "grouped", "groups": {
  "one": {"name": "green-tea", "class_path": "examples.teas:TeaGroup", "config": {"price": 3}},
  "two": {"name": "black-tea", "class_path": "examples.teas:TeaGroup", "config": {"price": 2}}}}"""
SCRIPT = '[project]\nname = "grouped"\nversion = "1"\ndependencies = ["{sdk}"]\n'
STARTS: dict[str, tuple[dict[str, str], str]] = {
    "script": ({}, '[project.scripts]\ngrouped = "grouped.cli:main [cli]"\n'),
    "module": ({"grouped/cli.py": "if __name__ == '__main__':\n    main()\n"}, ""),
    "package": ({"grouped/__main__.py": "from .cli import main\nmain()\n"}, ""),
    "stale": (
        {"grouped/cli.py": "if __name__ == '__main__':\n    main()\n"},
        '[project.scripts]\ngrouped = "former.cli:main [cli]"\n',
    ),
}


def written(folder: Path, server: str, sdk: str, start: str = "script") -> Path:
    """A legacy project of one such server."""
    more, scripts = STARTS[start]
    files = {
        "grouped/__init__.py": "",
        "grouped/decorator.py": DECORATOR,
        "grouped/loading.py": LOADING,
        "grouped/cli.py": server,
        "examples/teas.py": GROUPS,
        "examples/teas.json": CONFIG,
        "scripts/look.py": "from mcp import ClientSession\n",
        "pyproject.toml": SCRIPT.format(sdk=sdk) + scripts,
    }
    for name, text in more.items():
        files[name] = files.get(name, "") + text
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("green-tea.price", {"request": {"grams": 2}}),
    ("black-tea.price", {"grams": 2}),
    ("black-tea.price", {"request": {"grams": -1}}),
    ("black-tea.price", {"request": {}}),
]


async def answers(python: Path, folder: Path, code: list[str], revision: str) -> list[Any]:
    parameters = StdioServerParameters(
        command=str(python),
        args=[*code, "examples/teas.json"],
        cwd=str(folder),
        env={"PYTHONPATH": "."},
    )
    mode: Any = revision
    async with Client(parameters, mode=mode) as client:
        found = [await client.call_tool(name, arguments) for name, arguments in CALLS]
    return [(one.is_error, [getattr(block, "text", "") for block in one.content]) for one in found]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("server", [HIGH, LOW], ids=["high", "low"])
def test_a_configuration_makes_the_same_server_after_its_migration(
    server: str, start: str, tmp_path: Path
) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source, out = written(tmp_path / "legacy", server, "mcp>=1.6", start), tmp_path / "out"
    trial = Trial(
        install=False,
        legacy_python=before,
        python=Path(sys.executable),
        arguments=("examples/teas.json",),
    )
    carried, proof = migrate(source, out, trial)
    assert proof.before is not None, proof.reasons
    assert proof.after is not None, proof.reasons
    assert proof.found == ()
    names = [tool["name"] for tool in proof.after.tools]
    assert names == ["green-tea.price", "black-tea.price"]
    module, _, function = carried.script[1].partition("[")[0].strip().partition(":")
    code = ["-c", f"from {module} import {function} as start; start()"]
    was = anyio.run(
        answers, before, source, ["-c", "from grouped.cli import main; main()"], "legacy"
    )
    assert was[0 if server is HIGH else 1][0] is False
    for revision in ("legacy", "auto"):
        assert anyio.run(answers, Path(sys.executable), out, code, revision) == was


def test_the_configuration_is_found(tmp_path: Path) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source = written(tmp_path / "legacy", HIGH, "mcp>=1.6")
    trial = Trial(install=False, legacy_python=before, python=Path(sys.executable))
    _, proof = migrate(source, tmp_path / "out", trial)
    assert proof.holds, proof.reasons
    assert proof.reasons[0].startswith("tried with the configuration `examples/teas.json`")


def test_bare_names_stay_bare_on_fastmcp(tmp_path: Path) -> None:
    now = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    source = written(tmp_path / "legacy", STANDALONE, "fastmcp>=2.12")
    trial = Trial(install=False, python=now, arguments=("examples/teas.json",))
    _, proof = migrate(source, tmp_path / "out", trial)
    assert proof.after is not None, proof.reasons
    tool: dict[str, Any] = proof.after.tools[0]
    assert tool["name"] == "price"
    assert tool["inputSchema"]["required"] == ["request"]
