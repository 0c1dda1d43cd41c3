# ruff: noqa
import asyncio
from contextlib import asynccontextmanager
from typing import Any
from fastmcp import FastMCP, Context
from fastmcp.tools import Tool
from fastmcp.tools.tool import ToolResult, FunctionTool
from fastmcp.tools.tool_transform import ArgTransform
from fastmcp.exceptions import ToolError, NotFoundError
from fastmcp.server.middleware import Middleware, MiddlewareContext
from fastmcp.server.dependencies import get_context, get_http_headers
from mcp.types import TextContent, ToolAnnotations

child = FastMCP("child")


@child.tool
def c1(a: int) -> int:
    """C1."""
    return a


@child.tool(
    name="c-two",
    description="two",
    tags={"x"},
    annotations=ToolAnnotations(readOnlyHint=True, title="Two"),
)
async def c2(ctx: Context, name: str = "n") -> str:
    await ctx.info("x")
    return name + ctx.fastmcp.name


@child.resource("res://one", mime_type="application/json")
def r1() -> str:
    """R1."""
    return "{}"


@child.resource("res://{k}/x")
def rt(k: str) -> str:
    """RT."""
    return k


@child.prompt
def p1(q: str) -> str:
    """P1."""
    return q


@child.tool
def cfails() -> str:
    raise ValueError("child reason")


other = FastMCP("other")


@other.tool
def o1() -> dict[str, int]:
    return {"a": 1}


third = FastMCP("third")


@third.tool
def t1() -> str:
    return "t"


@asynccontextmanager
async def life(server):
    yield {"db": "opened"}


mcp = FastMCP("main", instructions="I", lifespan=life, version="9.9")


@mcp.tool
def m1(x: int = 1) -> str:
    """M1."""
    return str(x)


mcp.mount(child, prefix="ch")
mcp.mount(other)
asyncio.run(mcp.import_server(third, prefix="th"))


@mcp.tool
async def uses_life(ctx: Context) -> str:
    """Life."""
    return str(ctx.request_context.lifespan_context)


@mcp.tool
async def logs(ctx: Context) -> str:
    await ctx.debug("d")
    await ctx.warning("w")
    await ctx.report_progress(1, 2)
    return f"{bool(ctx.request_id)} {ctx.fastmcp.name} {get_context() is not None} {get_http_headers()}"


@mcp.tool
async def reads(ctx: Context) -> str:
    r = await ctx.read_resource("own://x")
    c = r.contents if hasattr(r, "contents") else r
    return str(c[0].content)


@mcp.resource("own://x")
def own(ctx: Context) -> str:
    return "own " + ctx.fastmcp.name


def extra(a: int, secret: str = "s") -> str:
    """Extra.

    Args:
        a: An a
    """
    return f"{a}{secret}"


mcp.add_tool(Tool.from_function(extra, name="extra1", description="E1"))


@mcp.tool(exclude_args=["user"])
def hidden_arg(a: int, user: str = "root") -> str:
    return f"{a} {user}"


tool = Tool.from_function(extra, name="base")
mcp.add_tool(
    Tool.from_tool(
        tool,
        name="renamed",
        description="RN",
        transform_args={
            "a": ArgTransform(name="alpha", description="Alpha"),
            "secret": ArgTransform(hide=True, default="zz"),
        },
    )
)


@mcp.tool
def result() -> ToolResult:
    return ToolResult(content=[TextContent(type="text", text="hi")], structured_content={"a": 1})


@mcp.tool(output_schema=None)
def no_schema() -> int:
    return 3


@mcp.tool(output_schema={"type": "object", "properties": {"v": {"type": "integer"}}})
def own_schema() -> dict:
    return {"v": 1}


@mcp.tool(title="Titled", meta={"k": "v"})
def titled() -> str:
    return "x"


class Cls:
    def __init__(self):
        mcp.tool(self.method)
        mcp.add_tool(Tool.from_function(self.other, name="cls_other"))

    def method(self, x: int) -> str:
        """Method."""
        return f"m{x}"

    async def other(self, y: str = "d") -> str:
        """Other."""
        return "o" + y


Cls()


@mcp.tool
def removed() -> str:
    return ""


try:
    mcp.remove_tool("removed")
except AttributeError:
    mcp.local_provider.remove_tool("removed")


class M(Middleware):
    async def on_call_tool(self, context: MiddlewareContext, call_next):
        if context.message.name == "blocked":
            raise ToolError("blocked by middleware")
        if context.message.arguments and context.message.arguments.get("x") == 77:
            context.message.arguments["x"] = 78
        r = await call_next(context)
        return r

    async def on_list_tools(self, context, call_next):
        ts = await call_next(context)
        return [t for t in ts if t.name != "unlisted"]


mcp.add_middleware(M())


@mcp.tool
def blocked() -> str:
    return "no"


@mcp.tool
def unlisted() -> str:
    return "yes"


@mcp.tool
def gen():
    yield 1
    yield 2


@mcp.tool
def dup() -> str:
    return "one"


@mcp.tool
def dup() -> str:
    return "two"


@mcp.prompt(name="pp", title="PT")
async def pp(a: str, ctx: Context) -> str:
    return a + ctx.fastmcp.name


@mcp.custom_route("/health", methods=["GET"])
async def health(request): ...


if __name__ == "__main__":
    mcp.run()
