"""What the handlers of Bookshelf implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.server.offers import Variables
from ._runtime.server.result import Completions, Messages, Result
from ._runtime.shared.content import Image, ResourceLink, Text
from .models import Book
from .settings import Settings
from .state import State

Context: TypeAlias = RequestContext[State, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class BooksHandlers(Protocol):
    """What stands on the shelves."""

    def find(self, text: str, context: Context) -> Answer[list[Book]]:
        """Books whose title holds the text.

        Args:
            text: What to look for.
        """
        ...

    def cover(self, isbn: str, context: Context) -> Answer[Image | Sequence[Image]]:
        """What a book looks like.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        ...

    def preview(
        self, isbn: str, context: Context
    ) -> Answer[Text | Image | ResourceLink | Sequence[Text | Image | ResourceLink]]:
        """A book's first pages, and where to find the rest.

        Args:
            isbn: Which book.
        """
        ...

    def summary(self, isbn: str, context: Context) -> Answer[Result[Book]]:
        """A book, and what to show of it.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        ...

    def borrow(self, isbn: str, context: Context) -> Answer[None]:
        """Take a book home; asks who takes it.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
            Closed: The library is closed.
        """
        ...

    def index(self, context: Context) -> Answer[None]:
        """Reads all books again."""
        ...

    def plan(self, context: Context) -> Answer[bytes]:
        """Where the shelves are."""
        ...

    def book(self, isbn: str, context: Context) -> Answer[Book]:
        """One book.

        Args:
            isbn: Which book.

        Raises:
            NoSuchBook: The library has no such book.
        """
        ...

    def shelf(self, name: str, page: str | None, context: Context) -> Answer[str]:
        """What stands on a shelf.

        Args:
            name: Which shelf.
            page: Which page of the list.
        """
        ...

    def file(self, path: Sequence[str], context: Context) -> Answer[str]:
        """A file of the archive."""
        ...

    def complete_book_isbn(
        self, value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        """What `isbn` of book may be, after what was typed of it and the other values."""
        ...


class TalkHandlers(Protocol):
    """What people say of books."""

    def review(self, isbn: str, tone: str | None, context: Context) -> Answer[Messages]:
        """Asks for a review of a book.

        Args:
            isbn: Which book.
            tone: How it should sound.

        Raises:
            NoSuchBook: The library has no such book.
        """
        ...

    def recommend(self, context: Context) -> Answer[Messages]:
        """Asks what to read next."""
        ...

    def complete_review_isbn(
        self, value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        """What `isbn` of review may be, after what was typed of it and the other values."""
        ...


class Handlers(Protocol):
    """Everything that the Bookshelf server needs from you."""

    @property
    def books(self) -> BooksHandlers: ...

    @property
    def talk(self) -> TalkHandlers: ...
