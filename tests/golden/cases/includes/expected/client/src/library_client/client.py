"""Calls what library offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
)
from .errors import OnLoan
from .models import Book, Person

_SURFACE = Surface.beside(__file__)

_BOOKS_FIND = Operation[list[Book]]("find", tool="books_find", returns=list[Book], repeatable=True)


class Books(ErrorHandlingGroup):
    """What is on the shelves."""

    async def find(self, author: Person) -> list[Book]:
        """Books of an author.

        Args:
            author: Who wrote them.
        """
        return await self.call(_BOOKS_FIND, {"author": author})


_LOANS_LEND = Operation[None]("lend", tool="loans_lend", repeatable=False, errors=(OnLoan,))


class Loans(ErrorHandlingGroup):
    """Who has what."""

    async def lend(self, book: Book, to: Person) -> None:
        """Lend a book.

        Args:
            book: Which one.
            to: To whom.

        Raises:
            OnLoan: Somebody has it.
        """
        await self.call(_LOANS_LEND, {"book": book, "to": to})


class LibraryClient(AutoMCPClient):
    """A typed client of library."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "library", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.books = self.add_group(Books(self, "books", (_BOOKS_FIND,)))
        self.loans = self.add_group(Loans(self, "loans", (_LOANS_LEND,)))
