"""Functions that dispatch by a tool's name, cut into one for each: they do what the whole one did."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import libcst as cst
import pytest
from automcp.migrate.carry import carry
from automcp.migrate.modernise.dispatch import Answers, cut
from automcp.migrate.modernise.literals import Unclear
from automcp.migrate.survey import survey

WAYS = {
    "chain": """
async def call(name, arguments):
    log.append(name)
    if name == "add":
        return arguments["a"] + 1
    elif name == "sub" and arguments:
        return arguments["a"] - 1
    elif name == "sub":
        return "nothing"
    else:
        raise ValueError(f"Unknown tool: {name}")
""",
    "around": """
async def call(name, arguments):
    if not arguments:
        arguments = {"a": 0}
    if name not in ["add", "sub", "mul"]:
        return "unknown " + name
    try:
        if name == "add":
            result = arguments["a"] + 1
        elif "sub" == name:
            result = arguments["a"] - 1
        else:
            result = arguments["a"] * 2
        return f"{name}: {result}"
    except TypeError as error:
        return f"{name} failed: {error}"
    finally:
        log.append(name)
""",
    "match": """
async def call(name, arguments):
    match name:
        case "add":
            result = arguments["a"] + 1
        case "sub" | "mul":
            result = 1 if name == "sub" else 2
        case _:
            return "unknown"
    log.append("matched")
    return result
""",
    "apart": """
async def call(name, arguments):
    if name == "add": return 1
    for one in arguments:
        with Quiet():
            if not (name != "sub"):
                log.append(one)
                continue
        log.append("other")
    if name in ("sub", "mul") or name == "none":
        return list(arguments)
    return "unknown"
""",
    "before": """
async def call(name, arguments):
    if log.append("asked") or name == "add":
        return 1
    if name == "sub":
        return 2
    if name == "mul": return 3
    return name
""",
}
NAMES = frozenset({"add", "sub", "mul"})
GIVEN: list[Any] = [{"a": 1}, {"a": "x"}, {}, None]


class Quiet:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def made(function: cst.FunctionDef, log: list[Any]) -> Callable[..., Any]:
    found: dict[str, Any] = {"log": log, "Quiet": Quiet}
    exec(cst.Module([function]).code, found)
    return found[function.name.value]


def outcome(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return asyncio.run(function(*given))
    except Exception as error:
        return repr(error)


def whole(way: str) -> cst.FunctionDef:
    (function,) = cst.parse_module(WAYS[way]).body
    assert isinstance(function, cst.FunctionDef)
    return function


def answers(name: str | None) -> Answers:
    def constant(node: ast.expr) -> Any:
        try:
            return ast.literal_eval(node)
        except ValueError:
            raise Unclear("no literal") from None

    return Answers("name", name, NAMES, constant)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_tool_does_what_it_did(way: str, name: str) -> None:
    try:
        function = cut(whole(way), answers(name), f"{name}_tool", drop="name")
    except Unclear:
        # No arm is for it: everything else is the arm of none. What does something first decides nothing.
        assert name == "mul" or (way, name) == ("before", "add")
        return
    for given in GIVEN:
        before: list[Any] = []
        after: list[Any] = []
        expected = outcome(made(whole(way), before), name, given)
        assert outcome(made(function, after), given) == expected
        assert after == before


@pytest.mark.parametrize("way", WAYS)
def test_other_names_are_answered_as_they_were(way: str) -> None:
    function = cut(whole(way), answers(None), "call", drop=None)
    for given in GIVEN:
        before: list[Any] = []
        after: list[Any] = []
        expected = outcome(made(whole(way), before), "none at all", given)
        assert outcome(made(function, after), "none at all", given) == expected
        assert after == before


def test_what_is_left_of_arms_is_gone() -> None:
    text = cst.Module([cut(whole("chain"), answers("add"), "add", drop="name")]).code
    assert '"sub"' not in text
    assert "Unknown tool" not in text
    rest = cst.Module([cut(whole("chain"), answers(None), "call", drop=None)]).code
    assert "arguments" not in rest.splitlines()[-1]
    assert '"add"' not in rest


SERVER = '''\
import asyncio
import mcp.types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server
from pydantic import BaseModel

server = Server("notes")


class Add(BaseModel):
    """Add a note."""

    text: str


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    """All of them."""
    return [
        types.Tool(name="add-note", description=Add.__doc__, inputSchema=Add.model_json_schema()),
        types.Tool(name="count", description="Count.", inputSchema={"type": "object", "properties": {}}),
        types.Tool(name="late", description=str(asyncio), inputSchema={"type": "object"}),
    ]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    if name == "add-note":
        return [types.TextContent(type="text", text=arguments["text"])]
    elif name == "count":
        return [types.TextContent(type="text", text="1")]
    elif name == "late":
        return [types.TextContent(type="text", text="2")]
    raise ValueError(f"Unknown tool: {name}")


async def main() -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


if __name__ == "__main__":
    asyncio.run(main())
'''


def test_a_low_level_server_becomes_functions(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text(
        SERVER.replace("description=Add.__doc__", 'description="Add."'), "utf-8"
    )
    carried = carry(survey(tmp_path), modern=True)
    assert carried.modern is not None
    assert {one.name: one.function for one in carried.modern.read.plain} == {
        "add-note": "notes:add_note",
        "count": "notes:count",
    }
    assert [one.line for one in carried.modern.read.left] == [22]
    text = carried.files["notes.py"]
    assert 'Server("notes", compiled=' in text
    assert "async def add_note(arguments: dict) -> list[types.TextContent]:" in text
    rest = text[text.index("@server.call_tool()") :]
    assert "count" not in rest
    assert '"late"' in rest
    listed = text[text.index("@server.list_tools()") : text.index("async def add_note")]
    assert "count" not in listed
    assert "late" in listed


def test_what_others_call_still_knows_all_names(tmp_path: Path) -> None:
    text = SERVER.replace("description=Add.__doc__", 'description="Add."')
    text = "\n".join(line for line in text.splitlines() if "late" not in line and '"2"' not in line)
    (tmp_path / "notes.py").write_text(text, "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_notes.py").write_text(
        "from notes import call_tool, list_tools\n", "utf-8"
    )
    carried = carry(survey(tmp_path), modern=True)
    assert carried.modern is not None
    assert len(carried.modern.read.plain) == 2
    after = carried.files["notes.py"]
    assert '"add-note": add_note,' in after
    assert "return await functions[name](arguments)" in after
    assert "@server.list_tools()" not in after
    assert "async def list_tools()" in after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@server.call_tool()", "@server.call_tool(validate_input=False)"),
        ("name: str, arguments: dict)", "name: str, arguments: dict, more=None)"),
        ('    """All of them."""', "    await asyncio.sleep(1)"),
        ('name="count"', 'name="add-note"'),
    ],
)
def test_what_is_not_certain_stays(before: str, after: str, tmp_path: Path) -> None:
    assert before in SERVER
    text = SERVER.replace("description=Add.__doc__", 'description="Add."').replace(before, after)
    (tmp_path / "notes.py").write_text(text, "utf-8")
    carried = carry(survey(tmp_path), modern=True)
    assert carried.modern is not None
    assert carried.modern.read.plain == ()
    assert carried.modern.read.left
    assert "@server.call_tool" in carried.files["notes.py"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('    if name == "add-note":', '    name = name.lower()\n    if name == "add-note":'),
        ('elif name == "count":', 'elif name.startswith("count"):'),
    ],
)
def test_a_dispatcher_that_cannot_be_cut_is_asked(before: str, after: str, tmp_path: Path) -> None:
    text = SERVER.replace("description=Add.__doc__", 'description="Add."').replace(before, after)
    (tmp_path / "notes.py").write_text(text, "utf-8")
    carried = carry(survey(tmp_path), modern=True)
    assert carried.modern is not None
    assert len(carried.modern.read.plain) == 2
    after = carried.files["notes.py"]
    assert "@server.call_tool()\nasync def call_tool(" in after
    assert 'return await call_tool("add-note", arguments)' in after
