"""Servers that functions and objects make, or hold: their tools are plain functions, too, where nothing is in doubt."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.entry import find_entry
from automcp.migrate.modernise import Modernised, modernise
from automcp.migrate.survey import survey

RUN = '\n\nif __name__ == "__main__":\n    main()\n'
IMPORT = "from mcp.server.fastmcp import FastMCP\n"
FACTORY = """
def build(prefix: str):
    "Build it."
    mcp = FastMCP("shop")
    client = Client(prefix)

    @mcp.tool()
    def price(item: str) -> str:
        return client.price(item)

    @mcp.tool()
    def about() -> str:
        return "A shop."

    return mcp


def main():
    build("a").run()
"""
HANDLER = """
class Prices:
    def __init__(self, mcp, factor=1):
        self.mcp = mcp
        self.factor = factor
        # Both of them.
        self.mcp.tool(name="price-of")(self.price)
        self.register()

    def register(self):
        self.mcp.tool()(self.about)

    def price(self, item: str) -> int:
        "What it costs."
        return self.factor

    async def about(self) -> str:
        return "A shop."


def main():
    mcp = FastMCP("shop")
    Prices(mcp)
    mcp.run()
"""
LOW_LEVEL = """
import mcp.types as types
from mcp.server import Server

async def main(rate: int):
    app: Server = Server("shop")
    seen = []

    @app.list_tools()
    async def list_tools():
        return [types.Tool(name="price", inputSchema={"type": "object"})]

    @app.call_tool()
    async def call_tool(name, arguments):
        if name == "price":
            seen.append(arguments)
            return [types.TextContent(type="text", text=str(rate))]
        raise ValueError(f"Unknown tool: {name}")

    await serve(app)

if __name__ == "__main__":
    import asyncio
    asyncio.run(main(2))
"""


def read(folder: Path, text: str | dict[str, str]) -> Modernised:
    files = {"server.py": IMPORT + text + RUN} if isinstance(text, str) else text
    for name, each in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each)
    project = survey(folder)
    found = modernise(project, find_entry(project), None, lambda _: "shop_server")
    for each in found.texts.values():
        ast.parse(each)
    return found


def functions(found: Modernised) -> list[str]:
    return [one.function for one in found.plain]


def test_functions_of_a_factory_stand_alone_or_are_found_by_a_global(tmp_path: Path) -> None:
    found = read(tmp_path, FACTORY)
    assert functions(found) == ["server:price", "server:about"]
    assert found.plain[0].server.variable == "build.mcp"
    text = found.texts["server.py"]
    assert text.index("def about()") < text.index("def build(")
    assert '    "Build it."\n    global price\n' in text
    assert '    mcp = FastMCP("shop", compiled="shop_server")\n' in text
    assert "@mcp" not in text


def test_a_factory_that_is_called_twice_keeps_what_closes_over_its_names(tmp_path: Path) -> None:
    found = read(tmp_path, FACTORY.replace("    build(", '    build("b")\n    build('))
    assert functions(found) == ["server:about"]
    assert [(one.name, one.reason) for one in found.left] == [
        ("price", "it uses names of `build`, which may be called more than once")
    ]


def test_methods_are_found_by_globals_of_the_module_that_registers_them(tmp_path: Path) -> None:
    found = read(tmp_path, HANDLER)
    assert functions(found) == ["server:price", "server:about"]
    assert [one.name for one in found.plain] == ["price-of", "about"]
    assert list(found.plain[0].tool["inputSchema"]["properties"]) == ["item"]
    text = found.texts["server.py"]
    assert "        global price\n" in text and "        price = self.price\n" in text
    assert "        # Both of them.\n" in text
    assert "        global about\n        about = self.about\n" in text


def test_what_is_held_runs_as_it_did(tmp_path: Path) -> None:
    text = read(tmp_path, HANDLER).texts["server.py"].split("\n\nif __name__")[0]
    names: dict[str, Any] = {"__name__": "server"}

    class FastMCP:
        def __init__(self, *given: object, **words: object) -> None:
            assert words == {"compiled": "shop_server"}

        def run(self) -> None: ...

    names["FastMCP"] = FastMCP
    exec(compile(text.replace(IMPORT, ""), "server.py", "exec"), names)
    names["main"]()
    assert names["price"]("tea") == 1


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("    Prices(mcp)\n", "    Prices(mcp)\n    Prices(mcp)\n", "used more than once"),
        ("    Prices(mcp)\n", "    if mcp: Prices(mcp)\n", "under a condition"),
        ("    Prices(mcp)\n", "    if mcp: return\n    Prices(mcp)\n", "may not come to it"),
        ("    Prices(mcp)\n", "    make(Prices, mcp)\n", "is no server that"),
        ("    def price(", "    @cached\n    def price(", "makes of it is not known"),
        ("class Prices:", "@dataclass\nclass Prices:", "decorated, or unknown"),
        ("        self.mcp = mcp\n", "        self.mcp = mcp or mcp\n", "is no server that"),
    ],
)  # fmt: skip
def test_objects_that_are_not_certain_keep_their_tools(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    assert before in HANDLER
    found = read(tmp_path, HANDLER.replace(before, after))
    assert "server:price" not in functions(found)
    assert any(reason in one.reason for one in found.left)


def test_a_server_of_a_class_of_the_projects_own_is_one(tmp_path: Path) -> None:
    text = """
class Shop(FastMCP[None]):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.open = True

app = Shop("shop")

@app.tool()
def price() -> str: ...

def main():
    app.run()
"""
    found = read(tmp_path, text)
    assert functions(found) == ["server:price"]
    assert 'super().__init__(*args, **kwargs, compiled="shop_server")' in found.texts["server.py"]
    changed = text.replace("        self.open = True\n", "    def tool(self, *args): ...\n")
    assert not read(tmp_path, changed).plain


def test_either_of_two_servers_has_the_tools(tmp_path: Path) -> None:
    text = """
import os
if os.environ.get("KEY"):
    mcp = FastMCP("shop", auth=os.environ["KEY"])
else:
    mcp = FastMCP("shop")

@mcp.tool()
def price() -> str: ...

def main():
    mcp.run()
"""
    found = read(tmp_path, text)
    assert functions(found) == ["server:price"]
    assert found.texts["server.py"].count('compiled="shop_server"') == 2
    assert not read(tmp_path, text.replace('    mcp = FastMCP("shop")', "    mcp = other()")).plain


def test_a_low_level_server_of_a_function_is_cut_up_in_it(tmp_path: Path) -> None:
    found = read(tmp_path, {"server.py": LOW_LEVEL})
    assert functions(found) == ["server:price"]
    assert found.plain[0].server.variable == "main.app"
    text = found.texts["server.py"]
    assert '    global price\n    app: Server = Server("shop", compiled="shop_server")\n' in text
    assert "    async def price(arguments):\n        seen.append(arguments)\n" in text
    assert "list_tools" not in text
    twice = LOW_LEVEL.replace("asyncio.run(main(2))", "[asyncio.run(main(one)) for one in (1, 2)]")
    twice = twice.replace("if __name__", "def again():\n    start(main)\n\nif __name__")
    assert not read(tmp_path, {"server.py": twice}).plain


def test_a_constant_of_a_function_says_nothing_of_its_tools(tmp_path: Path) -> None:
    text = LOW_LEVEL.replace("seen = []", 'seen = []\n    kind = "price"')
    assert not read(tmp_path, {"server.py": text.replace('name="price"', "name=kind")}).plain
    found = read(tmp_path, {"server.py": text.replace('name == "price"', "name == kind")})
    assert 'return await call_tool("price", arguments)' in found.texts["server.py"]
