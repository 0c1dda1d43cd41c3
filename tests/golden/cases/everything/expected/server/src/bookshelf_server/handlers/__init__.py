"""What the Bookshelf server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import BooksHandlers, TalkHandlers
from .books import Books
from .talk import Talk

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.books: BooksHandlers = Books()
        self.talk: TalkHandlers = Talk()
