"""What a server's prompts and resources answer, and what they answer once they are functions of a compiled package."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from automcp.migrate.project import migrate
from automcp.migrate.prove import Trial

from .dialects import ROOT, python_with
from .test_modern_calls import speaking

pytestmark = pytest.mark.slow

SERVER = '''\
import enum
from typing import Optional

from mcp.server.fastmcp import Context, FastMCP
from mcp.server.fastmcp.prompts.base import AssistantMessage, UserMessage
from pydantic import BaseModel, Field

mcp = FastMCP("shop")


class Kind(enum.Enum):
    GREEN = "green"


class Tea(BaseModel):
    name: str
    price: Optional[float] = None


@mcp.prompt()
def text(topic: str) -> str:
    """Ask about a topic."""
    return f"About {topic!r}"


@mcp.prompt("re-named", title="Named", description="Said.")
async def several(topic: str, tone: str = "kind", count: int = Field(2, description="How many")) -> list:
    return [UserMessage(topic * count), AssistantMessage(tone), "and a text"]


@mcp.prompt()
def converted(count: int, flag: bool = False, kind: Optional[str] = None) -> str:
    return f"{count!r} {flag!r} {kind!r}"


@mcp.prompt()
def fails(how: str) -> str:
    raise {"value": ValueError("a wrong value"), "key": KeyError("key")}.get(how, RuntimeError())


@mcp.prompt()
def nothing() -> list:
    return []


@mcp.prompt()
async def with_context(ctx: Context, topic: str = "a") -> str:
    return f"{topic} {ctx.request_id is not None}"


@mcp.resource("shop://teas")
def teas() -> str:
    """All teas."""
    return "green, black"


@mcp.resource("shop://bytes", name="Raw bytes", mime_type="application/octet-stream")
async def raw() -> bytes:
    return b"\\x00\\x01"


@mcp.resource("shop://broken")
def broken() -> str:
    raise RuntimeError("spoilt")


@mcp.resource("shop://teas/{name}", title="A tea", description="Said.", mime_type="text/markdown")
def tea(name: str) -> str:
    return f"# {name!r}"


@mcp.resource("shop://boxes/{number}/{side}")
async def box(number: int, side: str) -> str:
    if number == 13:
        raise LookupError("no such box")
    return f"{number!r} {side!r}"


@mcp.resource("shop://teas/{name}/late")
def late(name: str, ctx: Context) -> str:
    return f"{name} {ctx.request_id is not None}"


if __name__ == "__main__":
    mcp.run()
'''
OF_MCP = """

@mcp.prompt()
def messages() -> list:
    return [
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": {"type": "text", "text": "b"}},
        Tea(name="c"),
        {"no": "message"},
    ]


@mcp.prompt()
def records() -> list:
    return [Tea(name="c"), 5, {"role": "user", "content": "a"}]


@mcp.resource("shop://records")
def records_of() -> list[Tea]:
    return [Tea(name="ü"), Tea(name="b", price=1)]


@mcp.resource("shop://records/{name}")
def record(name: str) -> dict:
    return {"name": name, "kind": Kind.GREEN}


"""
PROMPTS: list[tuple[str, dict[str, str] | None]] = [
    ("text", {"topic": "a"}), ("text", {}), ("text", None), ("text", {"topic": "a", "more": "b"}),
    ("re-named", {"topic": "a"}), ("re-named", {"topic": "a", "tone": "b", "count": "3"}), ("re-named", {"count": "x", "topic": "a"}),
    ("converted", {"count": "5"}), ("converted", {"count": "5", "flag": "true", "kind": "a"}), ("converted", {"count": "a"}),
    ("converted", {"count": "5", "flag": "maybe"}), ("converted", {"flag": "true"}), ("converted", {"count": "5", "kind": "null"}),
    *(("fails", {"how": how}) for how in ("value", "key", "else")),
    ("nothing", {}), ("with_context", {}), ("with_context", {"topic": "b"}), ("with_context", {"ctx": "b"}), ("unknown", {}),
    ("messages", {}), ("records", {}),
]  # fmt: skip
RESOURCES = (
    "shop://teas", "shop://bytes", "shop://broken", "shop://teas/", "shop://teas/a", "shop://teas/a%20b", "shop://teas/a b",
    "shop://teas/ü", "shop://teas/..", "shop://teas/a/b", "shop://teas/a/late", "shop://teas/%2Fetc", "shop://boxes/1/a",
    "shop://boxes/x/a", "shop://boxes/13/a", "shop://boxes/1", "shop://TEAS", "SHOP://teas", "shop://records", "shop://records/a",
    "other://teas", "no address",
)  # fmt: skip
LISTS = {
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
}


def answers(folder: Path, python: Path) -> dict[str, Any]:
    """What a server lists, and answers to each request."""
    found: dict[str, Any] = {}
    with speaking(folder, python) as wire:
        for method, member in LISTS.items():
            found[method] = wire.ask(method, "{}")[member]
        for name, arguments in PROMPTS:
            params = {"name": name, **({} if arguments is None else {"arguments": arguments})}
            found[f"{name} {json.dumps(arguments)}"] = wire.answer(
                "prompts/get", json.dumps(params)
            )
        for uri in RESOURCES:
            found[uri] = wire.answer("resources/read", json.dumps({"uri": uri}))
    return found


def _of_mcp() -> str:
    head, main = SERVER.split("\n\nif __name__")
    return f"{head}{OF_MCP}if __name__{main}"


def _compiled(source: Path, out: Path, count: int) -> None:
    carried, _ = migrate(source, out, Trial(install=False), modern=True)
    assert carried.modern is not None
    assert len(carried.modern.read.offers) == count
    assert not carried.modern.read.left


def test_callers_see_no_difference(tmp_path: Path) -> None:
    before = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp")
    source, out = tmp_path / "legacy", tmp_path / "out"
    source.mkdir()
    (source / "server.py").write_text(_of_mcp(), "utf-8")
    _compiled(source, out, 16)
    old, new = answers(source, before), answers(out, Path(sys.executable))
    assert old.keys() == new.keys()
    assert {key: (old[key], new[key]) for key in old if old[key] != new[key]} == {}


@pytest.mark.parametrize("release", ["2.9.2", "2.14.7", "3.4.2"])
def test_callers_see_no_difference_from_the_adapter_alone(release: str, tmp_path: Path) -> None:
    now = python_with(
        "--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp", "jsonschema-rs"
    )
    text = SERVER.replace("mcp.server.fastmcp import", "fastmcp import")
    text = text.replace("import AssistantMessage, UserMessage", "import Message")
    text = text.replace("fastmcp.prompts.base", "fastmcp.prompts")
    text = text.replace("UserMessage(topic * count), AssistantMessage(tone)", "Message(topic * count), Message(tone, role='assistant')")  # fmt: skip
    text = text.replace('title="Named", ', "").replace('title="A tea", ', "")
    source = tmp_path / "legacy"
    source.mkdir()
    (source / "server.py").write_text(text, "utf-8")
    said = f'[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastmcp=={release}"]\n'
    (source / "pyproject.toml").write_text(said, "utf-8")
    migrate(source, tmp_path / "kept", Trial(install=False))
    _compiled(source, tmp_path / "out", 12)
    old, new = answers(tmp_path / "kept", now), answers(tmp_path / "out", now)
    assert {key: (old[key], new.get(key)) for key in old if old[key] != new.get(key)} == {}
