"""What the spec says that the pages group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from .._runtime.bound.reading import read
from .._runtime.http.pages import Cursor, Links, Numbers, Offsets
from .._runtime.http.styles import form
from ..backends import Backends
from ..contract import Context


class BoundPages:
    """Lists that come page by page."""

    def __init__(self, backends: Backends) -> None:
        self._api = backends.api
        self._search = backends.search

    async def links(self, context: Context) -> list[str]:
        """By links."""
        reply = await self._search.send("GET", "/links", again=True, pages=Links(limit=10))
        return read(list[str], reply.json())

    async def cursors(self, size: int, context: Context) -> list[str]:
        """By cursors."""
        reply = await self._api.send(
            "GET",
            "/cursors",
            query=[form("size", size)],
            again=True,
            pages=Cursor(parameter="after", at="/next", items="/data", limit=20),
        )
        return read(list[str], reply.json())

    async def numbers(self, context: Context) -> list[str]:
        """By numbers."""
        reply = await self._api.send(
            "GET", "/numbers", again=True, pages=Numbers(parameter="page", limit=10)
        )
        return read(list[str], reply.json())

    async def offsets(self, context: Context) -> list[str]:
        """By offsets."""
        reply = await self._api.send(
            "GET", "/offsets", again=True, pages=Offsets(parameter="from", limit=10)
        )
        return read(list[str], reply.json())
