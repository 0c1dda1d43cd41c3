"""Calls what Bookshelf offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._runtime.client import (
    AutoMCPClient,
    Block,
    Callbacks,
    ClientConfig,
    Completion,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Prompt,
    PromptOffer,
    ResourceOffer,
    Result,
    Surface,
    Target,
)
from .errors import Closed, NoSuchBook
from .models import Book

_SURFACE = Surface.beside(__file__)

_BOOKS_FIND = Operation[list[Book]]("find", tool="books_find", returns=list[Book], repeatable=True)

_BOOKS_COVER = Operation[None]("cover", tool="books_cover", repeatable=True, errors=(NoSuchBook,))

_BOOKS_PREVIEW = Operation[None]("preview", tool="books_preview", repeatable=True)

_BOOKS_SUMMARY = Operation[Book](
    "summary", tool="books_summary", returns=Book, repeatable=True, errors=(NoSuchBook,)
)

_BOOKS_BORROW = Operation[None](
    "borrow", tool="books_borrow", repeatable=False, errors=(NoSuchBook, Closed), timeout=10
)

_BOOKS_INDEX = Operation[None]("index", tool="books_index", repeatable=False)

_BOOKS_RULES = ResourceOffer[str]("rules", uri="library://rules")

_BOOKS_PLAN = ResourceOffer[bytes]("plan", uri="library://plan")

_BOOKS_BOOK = ResourceOffer[Book](
    "book", uri="library://books/{isbn}", returns=Book, errors=(NoSuchBook,), timeout=5
)

_BOOKS_SHELF = ResourceOffer[str]("shelf", uri="library://shelves/{name}{?page}")

_BOOKS_FILE = ResourceOffer[str]("file", uri="library://files{/path*}")


class Books(ErrorHandlingGroup):
    """What stands on the shelves."""

    async def find(self, text: str) -> list[Book]:
        """Books whose title holds the text.

        Args:
            text: What to look for.
        """
        return await self.call(_BOOKS_FIND, {"text": text})

    async def cover(self, isbn: str) -> tuple[Block, ...]:
        """What a book looks like.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        return await self.call_for_blocks(_BOOKS_COVER, {"isbn": isbn})

    async def preview(self, isbn: str) -> tuple[Block, ...]:
        """A book's first pages, and where to find the rest.

        Args:
            isbn: Which book.
        """
        return await self.call_for_blocks(_BOOKS_PREVIEW, {"isbn": isbn})

    async def summary(self, isbn: str) -> Result[Book]:
        """A book, and what to show of it.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        return await self.call_for_result(_BOOKS_SUMMARY, {"isbn": isbn})

    async def borrow(self, isbn: str) -> None:
        """Take a book home; asks who takes it.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
            Closed: The library is closed.
        """
        await self.call(_BOOKS_BORROW, {"isbn": isbn})

    async def index(self) -> None:
        """Reads all books again."""
        await self.call(_BOOKS_INDEX)

    async def rules(self) -> str:
        """What is allowed here."""
        return await self.read_text(_BOOKS_RULES)

    async def plan(self) -> bytes:
        """Where the shelves are."""
        return await self.read_bytes(_BOOKS_PLAN)

    async def book(self, isbn: str) -> Book:
        """One book.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        return await self.read_json(_BOOKS_BOOK, {"isbn": isbn})

    async def shelf(self, name: str, page: str | None = None) -> str:
        """What stands on a shelf.

        Args:
            name: Which shelf.
            page: Which page of the list.
        """
        return await self.read_text(_BOOKS_SHELF, {"name": name, "page": page})

    async def file(self, path: Sequence[str]) -> str:
        """A file of the archive."""
        return await self.read_text(_BOOKS_FILE, {"path": path})

    async def complete_book_isbn(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `isbn` of book may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_BOOKS_BOOK, "isbn", value, others)

    async def complete_shelf_name(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `name` of shelf may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_BOOKS_SHELF, "name", value, others)


_TALK_REVIEW = PromptOffer("review", prompt="talk_review", errors=(NoSuchBook,))

_TALK_RECOMMEND = PromptOffer("recommend", prompt="talk_recommend")

_TALK_GREET = PromptOffer("greet", prompt="talk_greet")


class Talk(ErrorHandlingGroup):
    """What people say of books."""

    async def review(self, isbn: str, tone: str | None = None) -> Prompt:
        """Asks for a review of a book.

        Args:
            isbn: Which book.
            tone: How it should sound.

        Raises:
            NoSuchBook: The library has no such book.
        """
        return await self.fill_prompt(_TALK_REVIEW, {"isbn": isbn, "tone": tone})

    async def recommend(self) -> Prompt:
        """Asks what to read next."""
        return await self.fill_prompt(_TALK_RECOMMEND)

    async def greet(self, name: str) -> Prompt:
        """Says hello.

        Args:
            name: Who is greeted.
        """
        return await self.fill_prompt(_TALK_GREET, {"name": name})

    async def complete_review_isbn(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `isbn` of review may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_TALK_REVIEW, "isbn", value, others)

    async def complete_review_tone(
        self, value: str, others: Mapping[str, str] | None = None
    ) -> Completion:
        """What `tone` of review may go on to.

        Args:
            value: What is typed of it so far.
            others: The other values that are known already.
        """
        return await self.complete_value(_TALK_REVIEW, "tone", value, others)


class BookshelfClient(AutoMCPClient):
    """Books, and what people say of them."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "bookshelf", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.books = self.add_group(
            Books(
                self,
                "books",
                (
                    _BOOKS_FIND,
                    _BOOKS_COVER,
                    _BOOKS_PREVIEW,
                    _BOOKS_SUMMARY,
                    _BOOKS_BORROW,
                    _BOOKS_INDEX,
                ),
            )
        )
        self.talk = self.add_group(Talk(self, "talk", ()))
