"""Handlers of the loans group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import Book, Person


class Loans:
    """Who has what."""

    async def lend(self, book: Book, to: Person, context: Context) -> None:
        """Lend a book."""
        raise NotImplementedError
