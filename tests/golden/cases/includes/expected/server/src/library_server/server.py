"""Registers what library offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import BooksHandlers, Context, Handlers, LoansHandlers
from .errors import OnLoan
from .handlers import App
from .models import Book, BooksFindParams, LoansLendParams
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the library server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_books(chosen.books),
            *_loans(chosen.loans),
        ],
    )


def _books(handlers: BooksHandlers) -> Iterator[Operation[Context]]:
    def find(arguments: BooksFindParams, context: Context) -> Answer[list[Book]]:
        return handlers.find(author=arguments.author, context=context)

    yield Operation("books_find", BooksFindParams, find, handler=handlers.find, name="books.find")


def _loans(handlers: LoansHandlers) -> Iterator[Operation[Context]]:
    def lend(arguments: LoansLendParams, context: Context) -> Answer[None]:
        return handlers.lend(book=arguments.book, to=arguments.to, context=context)

    yield Operation(
        "loans_lend",
        LoansLendParams,
        lend,
        handler=handlers.lend,
        name="loans.lend",
        errors=(OnLoan,),
    )
