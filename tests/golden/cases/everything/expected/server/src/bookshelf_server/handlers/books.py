"""Handlers of the books group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.server.offers import Variables
from .._runtime.server.result import Completions, Result
from .._runtime.shared.content import Image, ResourceLink, Text
from ..contract import Context
from ..models import Book


class Books:
    """What stands on the shelves."""

    async def find(self, text: str, context: Context) -> list[Book]:
        """Books whose title holds the text."""
        raise NotImplementedError

    async def cover(self, isbn: str, context: Context) -> Image | Sequence[Image]:
        """What a book looks like."""
        raise NotImplementedError

    async def preview(
        self,
        isbn: str,
        context: Context,
    ) -> Text | Image | ResourceLink | Sequence[Text | Image | ResourceLink]:
        """A book's first pages, and where to find the rest."""
        raise NotImplementedError

    async def summary(self, isbn: str, context: Context) -> Result[Book]:
        """A book, and what to show of it."""
        raise NotImplementedError

    async def borrow(self, isbn: str, context: Context) -> None:
        """Take a book home; asks who takes it."""
        raise NotImplementedError

    async def index(self, context: Context) -> None:
        """Reads all books again."""
        raise NotImplementedError

    async def plan(self, context: Context) -> bytes:
        """Where the shelves are."""
        raise NotImplementedError

    async def book(self, isbn: str, context: Context) -> Book:
        """One book."""
        raise NotImplementedError

    async def shelf(self, name: str, page: str | None, context: Context) -> str:
        """What stands on a shelf."""
        raise NotImplementedError

    async def file(self, path: Sequence[str], context: Context) -> str:
        """A file of the archive."""
        raise NotImplementedError

    async def complete_book_isbn(
        self,
        value: str,
        others: Variables,
        context: Context,
    ) -> Completions | Sequence[str]:
        """What `isbn` of book may be, after what was typed of it and the other values."""
        raise NotImplementedError
