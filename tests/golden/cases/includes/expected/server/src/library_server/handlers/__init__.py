"""What the library server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import BooksHandlers, LoansHandlers
from .books import Books
from .loans import Loans

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.books: BooksHandlers = Books()
        self.loans: LoansHandlers = Loans()
