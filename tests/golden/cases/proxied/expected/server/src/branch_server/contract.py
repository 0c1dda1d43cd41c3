"""What the handlers of Branch implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.server.offers import Variables
from ._runtime.server.result import Completions, Contents, Messages
from .models import Book
from .settings import Settings

Context: TypeAlias = RequestContext[None, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class BooksHandlers(Protocol):
    """What there is to read."""

    def find(self, text: str, context: Context) -> Answer[list[Book]]:
        """Find books.

        Args:
            text: Words of the title.
        """
        ...

    def index(self, context: Context) -> Answer[Contents]:
        """All titles."""
        ...

    def cover(self, isbn: str, size: str | None, context: Context) -> Answer[Contents]:
        """The picture in front."""
        ...

    def book(self, book: str, context: Context) -> Answer[Book]:
        """What is known of a book."""
        ...

    def recommend(self, genre: str, length: str | None, context: Context) -> Answer[Messages]:
        """Ask for something to read.

        Args:
            genre: Of which kind.
            length: How long.
        """
        ...

    def complete_cover_isbn(
        self, value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        """What `isbn` of cover may be, after what was typed of it and the other values."""
        ...

    def complete_recommend_genre(
        self, value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        """What `genre` of recommend may be, after what was typed of it and the other values."""
        ...


class RoomsHandlers(Protocol):
    """Where to read."""

    def seats(self, path: str, tags: Sequence[str], context: Context) -> Answer[Contents]:
        """The free seats."""
        ...

    def rules(self, context: Context) -> Answer[str]:
        """What is allowed."""
        ...

    def quiet(self, context: Context) -> Answer[Messages]:
        """Ask for silence."""
        ...


class Handlers(Protocol):
    """Everything that the Branch server needs from you."""

    @property
    def books(self) -> BooksHandlers: ...

    @property
    def rooms(self) -> RoomsHandlers: ...
