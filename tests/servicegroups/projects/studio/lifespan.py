"""What operations share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

EVENTS: list[str] = []


class Database:
    async def execute(self, query: str) -> list[str]:
        return [f"row of {query}"]


@asynccontextmanager
async def app_lifespan(server: Any) -> AsyncIterator[dict[str, Any]]:
    EVENTS.append("set up")

    @server.resource("pictures://one", mime_type="image/png")
    def one() -> bytes:
        return b"12345"

    try:
        yield {"db": Database()}
    finally:
        EVENTS.append("cleaned up")


async def undecorated(server: Any) -> AsyncIterator[dict[str, Any]]:
    yield {"db": Database()}


async def of_a_number(server: Any) -> AsyncIterator[int]:
    yield 3


NOT_A_FUNCTION = 3
