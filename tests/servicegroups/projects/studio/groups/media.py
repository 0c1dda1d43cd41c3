"""A group whose operations use the protocol, in all the ways in which a context was asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Optional

from automcp.group import ServiceGroup
from automcp.operation import operation
from mcp.server.fastmcp import Context, Image
from mcp.types import ImageContent, TextContent
from pydantic import BaseModel

if TYPE_CHECKING:
    from mcp.server.fastmcp import Context as Ctx

PIXEL = bytes.fromhex("89504e470d0a1a0a")


class Query(BaseModel):
    query: str


class MediaGroup(ServiceGroup):
    """Pictures and data."""

    @operation()
    async def analyze_image(self, image_uri: str, ctx: Context) -> str:
        """Look at an image."""
        image_data, mime_type = await ctx.read_resource(image_uri)
        return f"{len(image_data)} bytes of {mime_type}"

    @operation(schema=Query)
    async def query_db(self, query: Query, ctx: Context) -> Any:
        """Ask the database."""
        db = ctx.request_context.lifespan_context["db"]
        return await db.execute(query.query)

    @operation()
    async def talk(self, ctx: Context, steps: int = 2) -> str:
        """Say what happens."""
        for step in range(steps):
            await ctx.info(f"step {step}")
            await ctx.report_progress(step + 1, steps)
        ctx.warning("and nobody waits for this")
        return f"request {ctx.request_id}"

    @operation()
    def talk_plainly(self, ctx: Context) -> str:
        """Not async, and still heard."""
        ctx.info("from a thread")
        return "said"

    @operation()
    async def optional(self, ctx: Optional[Context] = None) -> bool:  # noqa: UP045
        """A context that may be missing."""
        return ctx is not None

    @operation()
    async def only_checked(self, ctx: Ctx) -> bool:
        """A context that only type checkers import."""
        return ctx.request_id is not None

    @operation()
    async def text_as_context(self, ctx: TextContent) -> bool:
        """What contexts were before there were any."""
        ctx.info("heard")
        return True

    @operation()
    async def local_only(self, word: str) -> str:
        """A mere local is no parameter."""
        ctx = word
        return ctx

    @operation()
    async def image(self) -> Image:
        """A picture."""
        return Image(data=PIXEL, format="png")

    @operation()
    async def mixed(self) -> tuple[Any, ...]:
        """All sorts."""
        block = ImageContent(type="image", data="AAAA", mimeType="image/jpeg")
        return ("text", 1, Image(data=PIXEL, format="png"), [Query(query="q"), block], True)

    @operation()
    async def variable(self, name: str) -> str:
        """A variable of the environment."""
        return os.environ[name]
