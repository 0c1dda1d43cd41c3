"""Registers what Bookshelf offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.auth import Auth
from ._runtime.server.context import Answer
from ._runtime.server.offers import Completion, Offer, Operation, Prompt, Resource, Variables
from ._runtime.server.result import Completions, Messages, Result
from ._runtime.shared.content import Image, ResourceLink, Text
from .auth import verify
from .contract import BooksHandlers, Context, Handlers, TalkHandlers
from .errors import Closed, NoSuchBook
from .handlers import App
from .models import (
    Book,
    BooksBorrowParams,
    BooksCoverParams,
    BooksFindParams,
    BooksPreviewParams,
    BooksSummaryParams,
)
from .settings import Settings
from .state import State, lifespan
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[State, Settings]:
    """Build the Bookshelf server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    settings = settings or Settings.from_environment()
    return CompiledServer(
        SURFACE,
        [
            *_books(chosen.books),
            *_talk(chosen.talk),
        ],
        settings=settings,
        lifespan=lifespan,
        auth=Auth(
            verify=partial(verify, settings=settings),
            issuer=settings.issuer,
            resource=settings.public_url,
            scopes=("books:read",),
            documentation="https://example.com/access",
        ),
    )


def _books(handlers: BooksHandlers) -> Iterator[Offer[Context]]:
    def find(arguments: BooksFindParams, context: Context) -> Answer[list[Book]]:
        return handlers.find(text=arguments.text, context=context)

    yield Operation("books_find", BooksFindParams, find, handler=handlers.find, name="books.find")

    def cover(arguments: BooksCoverParams, context: Context) -> Answer[Image | Sequence[Image]]:
        return handlers.cover(isbn=arguments.isbn, context=context)

    yield Operation(
        "books_cover",
        BooksCoverParams,
        cover,
        handler=handlers.cover,
        name="books.cover",
        errors=(NoSuchBook,),
    )

    def preview(
        arguments: BooksPreviewParams, context: Context
    ) -> Answer[Text | Image | ResourceLink | Sequence[Text | Image | ResourceLink]]:
        return handlers.preview(isbn=arguments.isbn, context=context)

    yield Operation(
        "books_preview", BooksPreviewParams, preview, handler=handlers.preview, name="books.preview"
    )

    def summary(arguments: BooksSummaryParams, context: Context) -> Answer[Result[Book]]:
        return handlers.summary(isbn=arguments.isbn, context=context)

    yield Operation(
        "books_summary",
        BooksSummaryParams,
        summary,
        handler=handlers.summary,
        name="books.summary",
        errors=(NoSuchBook,),
    )

    def borrow(arguments: BooksBorrowParams, context: Context) -> Answer[None]:
        return handlers.borrow(isbn=arguments.isbn, context=context)

    yield Operation(
        "books_borrow",
        BooksBorrowParams,
        borrow,
        handler=handlers.borrow,
        name="books.borrow",
        errors=(NoSuchBook, Closed),
        timeout=10,
    )

    def index(_arguments: object, context: Context) -> Answer[None]:
        return handlers.index(context=context)

    yield Operation("books_index", None, index, handler=handlers.index, name="books.index")

    def plan(_variables: object, context: Context) -> Answer[bytes]:
        return handlers.plan(context=context)

    yield Resource("library://plan", plan, handler=handlers.plan, name="books.plan")

    def book(variables: Variables, context: Context) -> Answer[Book]:
        return handlers.book(isbn=variables.text("isbn"), context=context)

    yield Resource(
        "library://books/{isbn}",
        book,
        handler=handlers.book,
        name="books.book",
        errors=(NoSuchBook,),
        timeout=5,
    )

    def shelf(variables: Variables, context: Context) -> Answer[str]:
        return handlers.shelf(
            name=variables.text("name"), page=variables.text_or_none("page"), context=context
        )

    yield Resource(
        "library://shelves/{name}{?page}", shelf, handler=handlers.shelf, name="books.shelf"
    )

    def file(variables: Variables, context: Context) -> Answer[str]:
        return handlers.file(path=variables.texts("path"), context=context)

    yield Resource("library://files{/path*}", file, handler=handlers.file, name="books.file")

    def complete_book_isbn(
        value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        return handlers.complete_book_isbn(value=value, others=others, context=context)

    yield Completion(
        "resource",
        "library://books/{isbn}",
        "isbn",
        complete_book_isbn,
        handler=handlers.complete_book_isbn,
        name="books.book.isbn",
    )


def _talk(handlers: TalkHandlers) -> Iterator[Offer[Context]]:
    def review(arguments: Variables, context: Context) -> Answer[Messages]:
        return handlers.review(
            isbn=arguments.text("isbn"), tone=arguments.text_or_none("tone"), context=context
        )

    yield Prompt(
        "talk_review", review, handler=handlers.review, name="talk.review", errors=(NoSuchBook,)
    )

    def recommend(_arguments: object, context: Context) -> Answer[Messages]:
        return handlers.recommend(context=context)

    yield Prompt("talk_recommend", recommend, handler=handlers.recommend, name="talk.recommend")

    def complete_review_isbn(
        value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        return handlers.complete_review_isbn(value=value, others=others, context=context)

    yield Completion(
        "prompt",
        "talk_review",
        "isbn",
        complete_review_isbn,
        handler=handlers.complete_review_isbn,
        name="talk.review.isbn",
    )
