"""Lists that a server gives page by page (MCP, pagination)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from mcp_types import PaginatedRequestParams

from .errors import OperationError

_MOST_PAGES = 1_000


class _Page(Protocol):
    @property
    def next_cursor(self) -> str | None: ...


PageT = TypeVar("PageT", bound=_Page)
T = TypeVar("T")


async def all_pages(
    page: Callable[[PaginatedRequestParams], Awaitable[PageT]], items: Callable[[PageT], list[T]]
) -> list[T]:
    """What all pages of a list hold. Raises `OperationError` if there is no end to them."""
    found: list[T] = []
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        latest = await page(PaginatedRequestParams(cursor=cursor))
        found += items(latest)
        cursor = latest.next_cursor
        if cursor is None:
            return found
    raise OperationError(f"the server's list has more than {_MOST_PAGES} pages")
