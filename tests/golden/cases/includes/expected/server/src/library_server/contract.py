"""What the handlers of library implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import Book, Person

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class BooksHandlers(Protocol):
    """What is on the shelves."""

    def find(self, author: Person, context: Context) -> Answer[list[Book]]:
        """Books of an author.

        Args:
            author: Who wrote them.
        """
        ...


class LoansHandlers(Protocol):
    """Who has what."""

    def lend(self, book: Book, to: Person, context: Context) -> Answer[None]:
        """Lend a book.

        Args:
            book: Which one.
            to: To whom.

        Raises:
            OnLoan: Somebody has it.
        """
        ...


class Handlers(Protocol):
    """Everything that the library server needs from you."""

    @property
    def books(self) -> BooksHandlers: ...

    @property
    def loans(self) -> LoansHandlers: ...
