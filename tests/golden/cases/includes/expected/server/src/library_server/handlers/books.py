"""Handlers of the books group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import Book, Person


class Books:
    """What is on the shelves."""

    async def find(self, author: Person, context: Context) -> list[Book]:
        """Books of an author."""
        raise NotImplementedError
