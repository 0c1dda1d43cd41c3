"""Calls what Branch offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    Completion,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Prompt,
    PromptOffer,
    ResourceOffer,
    Surface,
    Target,
)
from .models import Book

_SURFACE = Surface.beside(__file__)

_BOOKS_FIND = Operation[list[Book]]("find", tool="books_find", returns=list[Book], repeatable=True)

_BOOKS_INDEX = ResourceOffer[str]("index", uri="library://index", timeout=5)

_BOOKS_COVER = ResourceOffer[bytes]("cover", uri="library://covers/{isbn}{?size}")

_BOOKS_BOOK = ResourceOffer[Book]("book", uri="library://books/{Book}", returns=Book)

_BOOKS_RECOMMEND = PromptOffer("recommend", prompt="books_recommend")


class Books(ErrorHandlingGroup):
    """What there is to read."""

    async def find(self, text: str) -> list[Book]:
        """Find books.

        Args:
            text: Words of the title.
        """
        return await self.call(_BOOKS_FIND, {"text": text})

    async def index(self) -> str:
        """All titles."""
        return await self.read_text(_BOOKS_INDEX)

    async def cover(self, isbn: str, size: str | None = None) -> bytes:
        """The picture in front."""
        return await self.read_bytes(_BOOKS_COVER, {"isbn": isbn, "size": size})

    async def book(self, book: str) -> Book:
        """What is known of a book."""
        return await self.read_json(_BOOKS_BOOK, {"Book": book})

    async def recommend(self, genre: str, length: str | None = None) -> Prompt:
        """Ask for something to read.

        Args:
            genre: Of which kind.
            length: How long.
        """
        return await self.fill_prompt(_BOOKS_RECOMMEND, {"genre": genre, "length": length})

    async def complete_cover_isbn(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `isbn` of cover may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_BOOKS_COVER, "isbn", value, others)

    async def complete_cover_size(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `size` of cover may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_BOOKS_COVER, "size", value, others)

    async def complete_recommend_genre(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `genre` of recommend may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_BOOKS_RECOMMEND, "genre", value, others)


_ROOMS_SEATS = ResourceOffer[str]("seats", uri="rooms://{+path}/seats{?tags*}")

_ROOMS_RULES = ResourceOffer[str]("rules", uri="rooms://rules")

_ROOMS_QUIET = PromptOffer("quiet", prompt="rooms_quiet")


class Rooms(ErrorHandlingGroup):
    """Where to read."""

    async def seats(self, path: str, tags: Sequence[str]) -> str:
        """The free seats."""
        return await self.read_text(_ROOMS_SEATS, {"path": path, "tags": tags})

    async def rules(self) -> str:
        """What is allowed."""
        return await self.read_text(_ROOMS_RULES)

    async def quiet(self) -> Prompt:
        """Ask for silence."""
        return await self.fill_prompt(_ROOMS_QUIET)


class BranchClient(AutoMCPClient):
    """Passes everything on to the servers that know."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "branch", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.books = self.add_group(Books(self, "books", (_BOOKS_FIND,)))
        self.rooms = self.add_group(Rooms(self, "rooms", ()))
