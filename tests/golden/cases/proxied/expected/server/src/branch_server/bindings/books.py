"""What the spec says that the books group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.server.offers import Variables
from .._runtime.server.result import Completions, Contents, Messages
from ..backends import Backends
from ..contract import Context
from ..models import Book


class BoundBooks:
    """What there is to read."""

    def __init__(self, backends: Backends) -> None:
        self._catalogue = backends.catalogue

    async def find(self, text: str, context: Context) -> list[Book]:
        """Find books."""
        reply = await self._catalogue.call("search", {"text": text}, context, repeatable=True)
        return reply.read(list[Book], "result")

    async def index(self, context: Context) -> Contents:
        """All titles."""
        return await self._catalogue.read("library://index", context)

    async def cover(self, isbn: str, size: str | None, context: Context) -> Contents:
        """The picture in front."""
        return await self._catalogue.read("covers://{isbn}", context, {"isbn": isbn})

    async def book(self, book: str, context: Context) -> Book:
        """What is known of a book."""
        return await self._catalogue.read_json(
            Book, "library://books/{Book}", context, {"Book": book}
        )

    async def recommend(self, genre: str, length: str | None, context: Context) -> Messages:
        """Ask for something to read."""
        return await self._catalogue.prompt(
            "recommend_book", context, {"genre": genre, "length": length}
        )

    async def complete_cover_isbn(
        self,
        value: str,
        others: Variables,
        context: Context,
    ) -> Completions | Sequence[str]:
        """What `isbn` of cover may be, after what was typed of it and the other values."""
        return await self._catalogue.complete_variable(
            "covers://{isbn}", "isbn", value, others, context
        )

    async def complete_recommend_genre(
        self,
        value: str,
        others: Variables,
        context: Context,
    ) -> Completions | Sequence[str]:
        """What `genre` of recommend may be, after what was typed of it and the other values."""
        return await self._catalogue.complete_argument(
            "recommend_book", "genre", value, others, context
        )
