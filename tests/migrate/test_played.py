"""Lists of tools that are put together by functions, methods and tables, and dispatchers that are kept whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from automcp.migrate.entry import find_entry
from automcp.migrate.modernise import Modernised, modernise
from automcp.migrate.survey import survey

HANDLERS = """
import mcp.types as types
from mcp.server import Server

app = Server("shop")
UNIT = "euros"
handlers = {}

class Handler:
    def __init__(self, name: str, kind: str = "number"):
        self.name = name
        self.kind = kind
        self.log = open("log")

    def described(self) -> types.Tool:
        raise NotImplementedError

class Price(Handler):
    more = f"In {UNIT}."

    def __init__(self):
        super().__init__("price-of")

    def described(self) -> types.Tool:
        schema = {"type": "object", "properties": {"item": {"type": self.kind}}}
        return types.Tool(name=self.name, description=self.more, inputSchema=schema)

    def run(self, arguments): ...

def add(handler: Handler) -> None:
    global handlers
    handlers[handler.name] = handler

add(Price())

@app.list_tools()
async def list_tools() -> list[types.Tool]:
    return [one.described() for one in handlers.values()]

@app.call_tool()
async def call_tool(name: str, arguments: dict) -> list:
    handler = handlers.get(name)
    if handler is None:
        raise ValueError(name)
    return handler.run(arguments)

if __name__ == "__main__":
    run(app)
"""
ENTRY = """async def price_of(arguments: dict) -> list:
    return await call_tool("price-of", arguments)
"""


def read(folder: Path, text: str) -> Modernised:
    (folder / "server.py").write_text(text)
    project = survey(folder)
    found = modernise(project, find_entry(project), None, lambda _: "shop_server")
    for each in found.texts.values():
        ast.parse(each)
    return found


def test_handlers_of_a_table_are_tools_that_ask_the_dispatcher(tmp_path: Path) -> None:
    found = read(tmp_path, HANDLERS)
    (one,) = found.plain
    assert one.function == "server:price_of"
    assert one.tool == {
        "name": "price-of",
        "description": "In euros.",
        "inputSchema": {"type": "object", "properties": {"item": {"type": "number"}}},
    }
    text = found.texts["server.py"]
    assert ENTRY in text and "list_tools" not in text
    assert "@app.call_tool()\nasync def call_tool(name: str, arguments: dict) -> list:\n" in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("add(Price())\n", "if UNIT:\n    add(Price())\n"),
        ("add(Price())\n", "add(Price())\nfill(handlers)\n"),
        ("add(Price())\n", "add(Price())\nstart(add)\n"),
        ('        self.kind = kind\n', '        self.kind = os.environ["KIND"]\n'),
        ("    def run(", "    def rename(self):\n        self.name = 1\n    def run("),
        ("description=self.more", "description=self.log"),
        ("    global handlers\n", "    global handlers\n    handlers = {}\n"),
        ('    run(app)\n', '    import server\n    server.UNIT = "pounds"\n    run(app)\n'),
        ("raise NotImplementedError", "pass"),
    ],
)  # fmt: skip
def test_what_may_be_otherwise_when_the_server_runs_stays(
    tmp_path: Path, before: str, after: str
) -> None:
    assert before in HANDLERS
    found = read(tmp_path, HANDLERS.replace(before, after))
    assert bool(found.plain) is (after == "pass")
    if not found.plain:
        assert "works its list out" in found.left[0].reason


def test_a_dispatcher_that_something_else_decorates_is_kept_whole(tmp_path: Path) -> None:
    text = HANDLERS.replace("@app.call_tool()\n", "@app.call_tool()\n@checked\n")
    assert (
        "@app.call_tool()\n@checked\nasync def call_tool" in read(tmp_path, text).texts["server.py"]
    )
    other = HANDLERS.replace("@app.call_tool()\n", "@checked\n@app.call_tool()\n")
    assert not read(tmp_path, other).plain


def test_what_a_later_python_writes_stays_as_it_is(tmp_path: Path) -> None:
    text = HANDLERS.replace(
        "raise ValueError(name)", "raise ValueError(f'{name!r:{'>9'}} {'a' 'b'}')"
    )
    found = modernised(tmp_path, text)
    assert len(found.plain) == 1
    assert "raise ValueError(f'{name!r:{'>9'}} {'a' 'b'}')" in found.texts["server.py"]


def modernised(folder: Path, text: str) -> Modernised:
    (folder / "server.py").write_text(text)
    project = survey(folder)
    return modernise(project, find_entry(project), None, lambda _: "shop_server")


def test_a_server_whose_handlers_are_looked_at_stays(tmp_path: Path) -> None:
    text = HANDLERS.replace("    run(app)\n", "    wrap(app.request_handlers)\n    run(app)\n")
    found = read(tmp_path, text)
    assert not found.plain
    assert found.left[0].reason == "`app.request_handlers` is asked for"


def test_a_table_of_tools_is_listed(tmp_path: Path) -> None:
    text = HANDLERS.replace(
        "[one.described() for one in handlers.values()]", "[types.Tool(**one) for one in TABLE]"
    ).replace("handlers = {}\n", 'handlers = {}\nTABLE = [{"name": "b", "inputSchema": {}}]\n', 1)
    assert [one.name for one in read(tmp_path, text).plain] == ["b"]
    changed = text.replace("add(Price())\n", 'TABLE.append({"name": "c", "inputSchema": {}})\n')
    assert [one.name for one in read(tmp_path, changed).plain] == ["b", "c"]
    later = changed.replace("TABLE.append", "def more():\n    TABLE.append")
    assert [one.name for one in read(tmp_path, later).plain] == ["b"]
    called = later.replace(
        'if __name__ == "__main__":\n', 'if __name__ == "__main__":\n    more()\n'
    )
    assert not read(tmp_path, called).plain
