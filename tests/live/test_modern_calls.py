"""What a server of mcp 1 answers, and what it answers once its tools are plain functions of a compiled package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial

from .dialects import ROOT, python_with
from .wire import Wire

pytestmark = pytest.mark.slow

SERVER = '''\
import dataclasses
import datetime
import enum
import threading
from typing import Annotated, Any, Literal, Optional, TypedDict, Union

from mcp import McpError
from mcp.server.fastmcp import Context, FastMCP, Image
from mcp.server.fastmcp.exceptions import ToolError
from mcp.types import CallToolResult, ErrorData, ImageContent, TextContent
from pydantic import BaseModel, Field

mcp = FastMCP("shop")
CALLS: list[str] = []


class Kind(enum.Enum):
    GREEN = "green"
    BLACK = "black"


class Tea(BaseModel):
    """A tea."""

    name: str
    kind: Kind = Kind.GREEN
    since: Optional[datetime.date] = None


class Box(BaseModel):
    teas: list[Tea] = []
    label: str = Field(default="box", alias="the-label")


@dataclasses.dataclass
class Price:
    amount: float
    currency: str = "EUR"


class Row(TypedDict):
    name: str
    count: int


class Loose(TypedDict, total=False):
    name: str
    count: int


@mcp.tool()
def text(a: str = "x") -> str:
    CALLS.append("text")
    return a


@mcp.tool()
def whole(a: int = 1) -> int:
    return a


@mcp.tool()
def number(a: float = 1) -> float:
    return a


@mcp.tool()
def flag(a: bool = False) -> bool:
    return a


@mcp.tool()
def nothing() -> None:
    return None


@mcp.tool()
def unsaid(a: Any = None):
    return a


@mcp.tool()
def anything(a: Any = None) -> Any:
    return a


@mcp.tool()
def plain_dict() -> dict:
    return {"a": [1, None], "b": "\\u00e9"}


@mcp.tool()
def typed_dict() -> dict[str, int]:
    return {"a": 1}


@mcp.tool()
def numbered() -> dict[int, str]:
    return {1: "a"}


@mcp.tool()
def plain_list() -> list:
    return ["a", 1, {"b": None}, ["c"]]


@mcp.tool()
def texts(a: list[str]) -> list[str]:
    return a


@mcp.tool()
def rows() -> list[dict[str, Any]]:
    return [{"a": 1}, {"a": 2}]


@mcp.tool()
def pair() -> tuple[int, str]:
    return (1, "a")


@mcp.tool()
def several() -> set[int]:
    return {1}


@mcp.tool()
def tea(name: str, kind: Kind = Kind.GREEN) -> Tea:
    return Tea(name=name, kind=kind)


@mcp.tool()
def teas(given: list[Tea]) -> list[Tea]:
    return given


@mcp.tool()
def box(box: Box) -> Box:
    return box


@mcp.tool()
def price(amount: float) -> Price:
    return Price(amount)


@mcp.tool()
def row() -> Row:
    return {"name": "a", "count": 1}


@mcp.tool()
def loose() -> Loose:
    return {"name": "a"}


@mcp.tool()
def maybe(a: Optional[str] = None) -> Optional[str]:
    return a


@mcp.tool()
def either(a: Union[int, str, None] = None) -> Union[int, str]:
    return a if a is not None else 1


@mcp.tool()
def model_or_text(a: bool) -> Union[Tea, str]:
    return Tea(name="a") if a else "none"


@mcp.tool()
def day() -> datetime.date:
    return datetime.date(2025, 1, 2)


@mcp.tool()
def raw() -> bytes:
    return b"abc"


@mcp.tool()
def picture() -> Image:
    return Image(data=b"abc", format="png")


@mcp.tool()
def mixed():
    return ["a", Image(data=b"abc", format="png"), {"b": 1}, TextContent(type="text", text="c")]


@mcp.tool()
def blocks() -> list[TextContent | ImageContent]:
    return [TextContent(type="text", text="c"), ImageContent(type="image", data="YWJj", mimeType="image/png")]


@mcp.tool()
def block() -> TextContent:
    return TextContent(type="text", text="c")


@mcp.tool()
def result() -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text="no")], isError=True)


@mcp.tool()
def empty() -> list[str]:
    return []


@mcp.tool()
def wrong() -> int:
    return "no number"  # type: ignore


@mcp.tool()
def wrong_model() -> Tea:
    return {"name": 1}  # type: ignore


@mcp.tool(structured_output=False)
def unstructured() -> dict[str, int]:
    return {"a": 1}


@mcp.tool(structured_output=True)
def structured() -> list[int]:
    return [1]


@mcp.tool(name="re-named", title="Named", description="Said.")
def named(count: Annotated[int, Field(ge=1, le=3, description="How many")], mode: Literal["a", "b"] = "a") -> str:
    return mode * count


@mcp.tool()
def raises(kind: str) -> str:
    """Fails."""
    if kind == "value":
        raise ValueError("a wrong value")
    if kind == "tool":
        raise ToolError("a tool's error")
    if kind == "mcp":
        raise McpError(ErrorData(code=-32000, message="a protocol's error"))
    if kind == "key":
        raise KeyError("key")
    if kind == "exit":
        raise OSError(2, "No such file")
    raise RuntimeError()


@mcp.tool()
async def told(ctx: Context, steps: int = 2) -> str:
    for step in range(steps):
        await ctx.report_progress(step, steps)
        await ctx.info(f"step {step}")
    return f"{ctx.request_id is not None} {mcp.get_context().request_context is not None}"


@mcp.tool()
def where() -> bool:
    return threading.current_thread() is threading.main_thread()


@mcp.tool()
async def seen(given: dict[str, Any], *, others: list[int] = [], at: datetime.datetime | None = None) -> dict[str, Any]:
    return {"given": given, "others": others, "at": repr(at), "calls": CALLS}


if __name__ == "__main__":
    mcp.run()
'''
CALLS: list[tuple[str, Any]] = [
    ("text", {}), ("text", {"a": "b"}), ("text", {"a": 1}), ("text", {"a": None}), ("text", {"a": "b", "more": 1}),
    ("whole", {"a": "5"}), ("whole", {"a": 5.0}), ("whole", {"a": 5.5}), ("whole", {"a": True}), ("whole", {"a": "x"}),
    ("number", {"a": 1}), ("number", {"a": "1.5"}), ("number", {"a": "inf"}), ("flag", {"a": "true"}), ("flag", {"a": "maybe"}),
    ("nothing", {}), ("nothing", None), ("unsaid", {}), ("unsaid", {"a": {"b": [1]}}), ("unsaid", {"a": ["a", {"b": 1}]}),
    ("unsaid", {"a": "t"}), ("anything", {"a": 1.5}), ("anything", {"a": None}), ("anything", {"a": [[]]}),
    ("plain_dict", {}), ("typed_dict", {}), ("numbered", {}), ("plain_list", {}), ("texts", {"a": ["a", "b"]}),
    ("texts", {"a": '["a", "b"]'}), ("texts", {"a": "a"}), ("texts", {}), ("rows", {}), ("pair", {}), ("several", {}),
    ("tea", {"name": "a"}), ("tea", {"name": "a", "kind": "black"}), ("tea", {"name": "a", "kind": "red"}),
    ("teas", {"given": [{"name": "a", "since": "2025-01-02"}]}), ("teas", {"given": '[{"name": "a"}]'}),
    ("teas", {"given": [{"kind": "green"}]}), ("box", {"box": {"teas": [], "the-label": "b"}}), ("box", {"box": '{"teas": []}'}),
    ("price", {"amount": 2}), ("row", {}), ("loose", {}), ("maybe", {}), ("maybe", {"a": "b"}), ("maybe", {"a": "null"}),
    ("either", {}), ("either", {"a": "5"}), ("either", {"a": 5}), ("model_or_text", {"a": True}), ("model_or_text", {"a": False}),
    ("day", {}), ("raw", {}), ("picture", {}), ("mixed", {}), ("blocks", {}), ("block", {}), ("result", {}), ("empty", {}),
    ("wrong", {}), ("wrong_model", {}), ("unstructured", {}), ("structured", {}), ("re-named", {"count": 2}),
    ("re-named", {"count": 4}), ("re-named", {"count": "2", "mode": "c"}),
    *(("raises", {"kind": kind}) for kind in ("value", "tool", "mcp", "key", "exit", "else")),
    ("told", {}), ("where", {}), ("seen", {"given": {"a": 1}}), ("seen", {"given": '{"a": 1}', "others": "[1]", "at": "2025-01-02T03:04:05"}),
    ("seen", {"given": []}), ("unknown", {}),
]  # fmt: skip


@contextmanager
def speaking(folder: Path, python: Path) -> Generator[Wire]:
    with subprocess.Popen(
        [str(python), "server.py"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={key: one for key, one in os.environ.items() if key != "PYTHONPATH"},
    ) as process:
        try:
            wire = Wire(process)
            wire.greet()
            yield wire
        finally:
            process.kill()


def answers(folder: Path, python: Path) -> dict[str, Any]:
    """What a server lists, and answers to each call."""
    with speaking(folder, python) as wire:
        listed = wire.ask("tools/list", "{}")["tools"]
        found: dict[str, Any] = {f"list {one['name']}": one for one in listed}
        for tool, arguments in CALLS:
            params = {"name": tool, **({} if arguments is None else {"arguments": arguments})}
            found[f"{tool} {json.dumps(arguments)}"] = wire.ask("tools/call", json.dumps(params))
    return found


def test_callers_see_no_difference(tmp_path: Path) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(SERVER, "utf-8")
    carried, _ = migrate(source, out, Trial(install=False), modern=True)
    assert carried.modern is not None
    assert len(carried.modern.read.plain) > 30
    old, new = answers(source, before), answers(out, Path(sys.executable))
    assert old.keys() == new.keys()
    differing = {key: (old[key], new[key]) for key in old if old[key] != new[key]}
    # mcp 1 fills in `null` for keys that such a dictionary may lack, and refuses its own answer then.
    assert differing.keys() == {"loose {}"}
    assert old["loose {}"]["isError"]


_STANDALONE = (
    ("from mcp import McpError\n", "from typing_extensions import TypedDict\n"),
    ("Optional, TypedDict, Union", "Optional, Union"),
    ("mcp.server.fastmcp import Context, FastMCP, Image", "fastmcp import Context, FastMCP"),
    ("mcp.server.fastmcp.exceptions import ToolError", "fastmcp.exceptions import ToolError"),
    (", ErrorData,", ","),
    ("from pydantic import", "from fastmcp.utilities.types import Image\nfrom pydantic import"),
    ("structured_output=False", "output_schema=None"),
    ("structured_output=True", ""),
    ('raise McpError(ErrorData(code=-32000, message="a protocol\'s error"))', "raise TypeError()"),
    ("{mcp.get_context().request_context is not None}", ""),
)
"""What makes the server one of standalone fastmcp."""


@pytest.mark.parametrize("release", ["2.14.7", "3.4.2"])
def test_callers_see_no_difference_from_the_adapter_alone(release: str, tmp_path: Path) -> None:
    now = python_with(
        "--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp", "jsonschema-rs"
    )
    text = SERVER
    for before, after in _STANDALONE:
        text = text.replace(before, after)
    source = tmp_path / "legacy"
    source.mkdir()
    (source / "server.py").write_text(text.replace("ErrorData, ", ""), "utf-8")
    said = f'[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastmcp=={release}"]\n'
    (source / "pyproject.toml").write_text(said, "utf-8")
    migrate(source, tmp_path / "kept", Trial(install=False))
    carried, _ = migrate(source, tmp_path / "out", Trial(install=False), modern=True)
    assert carried.modern is not None
    assert len(carried.modern.read.plain) > 30
    old, new = answers(tmp_path / "kept", now), answers(tmp_path / "out", now)
    assert {key: (old[key], new.get(key)) for key in old if old[key] != new.get(key)} == {}


def test_where_both_servers_are_tried_the_spec_says_what_was_listed(tmp_path: Path) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source = tmp_path / "legacy"
    source.mkdir()
    # Until 3.13, Python kept how a docstring is indented: the sources do not say which one runs the server.
    text = SERVER.replace('    """Fails."""', '    """Fails.\n\n        Indented.\n    """')
    (source / "server.py").write_text(text, "utf-8")
    trial = Trial(install=False, legacy_python=before, python=Path(sys.executable))
    carried, proof = migrate(source, tmp_path / "out", trial, modern=True)
    assert carried.modern is not None
    assert carried.modern.compiled is not None
    assert proof.before is not None
    listed = {tool["name"]: tool for tool in proof.before.tools}
    compiled = {one.name: one.tool for one in carried.modern.read.plain}
    assert "raises" in compiled
    assert {name: tool.get("description") for name, tool in compiled.items()} == {
        name: listed[name].get("description") for name in compiled
    }
    assert not {one.name for one in proof.untold} & compiled.keys()
