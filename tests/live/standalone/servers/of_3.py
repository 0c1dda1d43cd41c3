# ruff: noqa
import asyncio, logging, os
from typing import Any, Annotated
from pydantic import Field
import fastmcp
from fastmcp import FastMCP, Context, Client
from fastmcp.tools import Tool, tool, ToolResult, FunctionTool
from fastmcp.prompts import Prompt, Message, PromptResult, prompt
from fastmcp.resources import (
    Resource,
    TextResource,
    FileResource,
    ResourceContent,
    ResourceResult,
    resource,
)
from fastmcp.server.middleware import Middleware, MiddlewareContext, CallNext
from fastmcp.server.middleware.error_handling import ErrorHandlingMiddleware, RetryMiddleware
from fastmcp.server.middleware.timing import TimingMiddleware
from fastmcp.server.middleware.logging import LoggingMiddleware, StructuredLoggingMiddleware
from fastmcp.server.middleware.rate_limiting import RateLimitingMiddleware
from fastmcp.server.middleware.caching import ResponseCachingMiddleware
from fastmcp.server.providers import LocalProvider
from fastmcp.server.providers.proxy import ProxyClient, FastMCPProxy, ProxyProvider
from fastmcp.server.transforms import Namespace, ToolTransform, Transform
from fastmcp.tools.tool_transform import ToolTransformConfig, ArgTransform, forward
from fastmcp.server.dependencies import (
    get_context,
    get_http_request,
    get_http_headers,
    get_access_token,
)
from fastmcp.dependencies import CurrentContext, Depends
from fastmcp.server.lifespan import lifespan
from fastmcp.server import create_proxy
from fastmcp.server.auth import StaticTokenVerifier, TokenVerifier, AccessToken, require_scopes
from fastmcp.server.auth.providers.jwt import JWTVerifier
from fastmcp.server.elicitation import AcceptedElicitation
from fastmcp.utilities.types import Image, Audio, File
from fastmcp.utilities.logging import get_logger, configure_logging
from fastmcp.exceptions import ToolError, ResourceError, NotFoundError, ValidationError
from mcp.types import TextContent, ImageContent, ToolAnnotations, Icon, CallToolResult
from mcp import McpError
from mcp.types import ErrorData

logger = get_logger("x")


@lifespan
async def life(server):
    yield {"k": 1}


mcp = FastMCP(
    "three",
    instructions="i",
    lifespan=life,
    mask_error_details=True,
    on_duplicate="replace",
    strict_input_validation=False,
)


@tool(name="std", description="Std")
def standalone(a: int, b: str = "x") -> str:
    return f"{a}{b}"


mcp.add_tool(standalone)


class Svc:
    @tool
    async def bound(self, q: Annotated[str, Field(description="Q")]) -> list[str]:
        """Bound.

        Args:
            q: other
        """
        return [q]


mcp.add_tool(Svc().bound)
lp = LocalProvider()


@lp.tool
def fromlp(x: int) -> int:
    return x


mcp.add_provider(lp)


class Own(Tool):
    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        return ToolResult(
            content=[TextContent(type="text", text=str(sorted(arguments)))],
            structured_content={"n": len(arguments)},
        )


mcp.add_tool(
    Own(
        name="own_tool",
        description="Own tool",
        parameters={"type": "object", "properties": {"z": {"type": "string"}}, "required": ["z"]},
    )
)
mcp.add_resource(TextResource(uri="text://a", name="ta", text="hello", mime_type="text/plain"))
mcp.add_prompt(Prompt.from_function(lambda x: f"p{x}", name="lam", description="L"))


@mcp.tool
async def state(ctx: Context) -> str:
    await ctx.set_state("a", {"b": 1})
    return str(await ctx.get_state("a"))


@mcp.tool
async def masked() -> str:
    raise ValueError("secret")


@mcp.tool
async def toolerr() -> str:
    raise ToolError("visible")


@mcp.tool
async def mcperr() -> str:
    raise McpError(ErrorData(code=-32001, message="mcp reason"))


@mcp.tool
async def err_result() -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text="bad")], isError=True)


@mcp.tool
async def tr() -> ToolResult:
    return ToolResult(content="text", structured_content={"x": [1]}, meta={"m": 1})


@mcp.tool(timeout=5, icons=[Icon(src="http://x/y.png")])
def img() -> ImageContent:
    return ImageContent(type="image", data="YQ==", mimeType="image/png")


@mcp.tool
def f() -> File:
    return File(data=b"x", format="bin", name="n")


@mcp.tool
def imgs() -> list[Image]:
    return [Image(data=b"x", format="png")]


@mcp.tool
def union() -> str | ImageContent | None:
    return None


def dep() -> str:
    return "dep"


@mcp.tool
def depends(a: int, d: str = Depends(dep), ctx: Context = CurrentContext()) -> str:
    return f"{a}{d}{ctx.fastmcp.name}"


@mcp.tool
async def roots(ctx: Context) -> str:
    try:
        return str(await ctx.list_roots())
    except Exception as e:
        return "no roots"


@mcp.tool
async def sess(ctx: Context) -> str:
    return f"{ctx.session is not None} {ctx.client_id} {type(ctx.request_context.lifespan_context).__name__} {ctx.lifespan_context}"


@mcp.tool
async def listing(ctx: Context) -> str:
    t = await ctx.fastmcp.get_tool("state")
    n = await ctx.fastmcp.get_tool("none")
    r = await ctx.list_resources()
    p = await ctx.list_prompts()
    return f"{t.name} {n} {len(r)} {len(p)}"


@mcp.tool
async def inner() -> str:
    async with Client(mcp) as c:
        res = await c.call_tool("std", {"a": 1})
        return f"{res.data} {res.content[0].text} {res.is_error}"


@mcp.tool
def dis() -> str:
    return "x"


mcp.disable(names={"dis"}) if True else None


@mcp.tool(tags={"internal"})
def tagged() -> str:
    return "x"


mcp.disable(tags={"internal"})
mcp.add_transform(ToolTransform({"std": ToolTransformConfig(name="std2", description="D2")}))


@mcp.resource("data://r", tags={"a"}, meta={"x": 1}, annotations={"readOnlyHint": True})
def rr() -> ResourceResult:
    return ResourceResult([ResourceContent("a", mime_type="text/a"), ResourceContent(b"b")])


@mcp.resource("users://{uid}/p{?q,z}")
def tpl(uid: int, q: str = "d", z: int = 1) -> str:
    return f"{uid!r} {q} {z!r}"


@mcp.prompt
def pm(a: int, b: bool = False) -> PromptResult:
    return PromptResult([Message("u"), Message("a", role="assistant")], description="dd")


@mcp.prompt(title="T")
def badp() -> str:
    raise ValueError("pp")


sub = FastMCP("sub")


@sub.tool
def st(x: int) -> str:
    return str(x)


mcp.mount(sub, namespace="ns")
mcp.mount(create_proxy(sub), namespace="px")
mcp.add_middleware(ErrorHandlingMiddleware(include_traceback=False))
mcp.add_middleware(TimingMiddleware())
mcp.add_middleware(StructuredLoggingMiddleware())
if __name__ == "__main__":
    mcp.run()
