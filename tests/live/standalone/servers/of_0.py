# ruff: noqa
from typing import Optional
from pydantic import BaseModel, Field
from fastmcp import FastMCP, Context, Image
from fastmcp.prompts.base import UserMessage, AssistantMessage

mcp = FastMCP("old", dependencies=["x"], log_level="ERROR")


class Tea(BaseModel):
    """A tea."""

    name: str = Field(description="Its name")


@mcp.tool()
def plain(a: int, b: str = "x", c: Optional[int] = None, tea: Tea | None = None) -> str:
    """Plain.

    Args:
        a: The a
    """
    return f"{a!r} {b!r} {c!r}"


@mcp.tool(name="n", description="D")
async def named(ctx: Context, x: list[int] = [1]) -> dict:
    ctx.info("hi")
    return {"x": x}


@mcp.tool()
def fails() -> str:
    raise ValueError("broken")


@mcp.tool()
def lists() -> list[str]:
    return ["a", "b"]


@mcp.tool()
def mixed() -> list:
    return [Image(data=b"abc", format="png"), "t", 3]


@mcp.tool()
def model() -> Tea:
    return Tea(name="é")


@mcp.tool()
def num():
    return 3


@mcp.resource("data://one")
def one() -> str:
    """One."""
    return "1"


@mcp.resource("data://{x}/t")
def tpl(x: str) -> dict:
    """T."""
    return {"x": x}


@mcp.prompt()
def ask(what: str, n: int = 3) -> list:
    """Ask."""
    return [UserMessage(what), AssistantMessage("yo")]


if __name__ == "__main__":
    mcp.run()
