# ruff: noqa
# Written as servers for all these releases are: old spellings are what is tried here.
from typing import Annotated, List
from pydantic import BaseModel
from fastmcp import FastMCP
from mcp.types import TextContent

mcp = FastMCP("eras")


class Closed(BaseModel):
    model_config = {"extra": "forbid"}
    a: int


@mcp.tool()
def documented(city: str, days: int = 1) -> str:
    """Tell the weather.

    Args:
        city: Which city
        days: How many days
    """
    return f"{city} {days}"


@mcp.tool()
def annotated(a: Annotated[int, "How many"], b: Annotated[str, "A name"] = "b") -> str:
    """Say it."""
    return f"{a} {b}"


@mcp.tool()
def closed(it: Closed) -> str:
    """Take no more."""
    return str(it.a)


@mcp.tool()
def mixed() -> list:
    """Text and more."""
    return ["a", TextContent(type="text", text="b"), {"c": 1}]


@mcp.tool()
def untold():
    """Text and more, untold."""
    return [TextContent(type="text", text="b"), {"c": 1}]


@mcp.tool()
def one() -> List[str]:
    """One text."""
    return ["a"]


@mcp.tool()
def raw() -> bytes:
    """Bytes."""
    return b"abc"


@mcp.resource("data://plain")
def plain() -> str:
    """A plain one."""
    return "plain"


@mcp.resource("data://named", name="Named", description="Told")
def named() -> str:
    return "named"


@mcp.resource("data://{what}/family")
def family(what: str) -> str:
    """One of many."""
    return what


@mcp.prompt()
def ask(what: str, n: int = 1) -> str:
    """Ask for it.

    Args:
        what: What to ask for
    """
    if what == "no":
        raise ValueError("no such thing")
    return what * n


if __name__ == "__main__":
    mcp.run()
