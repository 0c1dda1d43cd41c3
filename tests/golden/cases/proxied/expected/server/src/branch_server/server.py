"""Registers what Branch offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Completion, Offer, Operation, Prompt, Resource, Variables
from ._runtime.server.result import Completions, Contents, Messages
from .backends import Backends
from .contract import BooksHandlers, Context, Handlers, RoomsHandlers
from .handlers import App
from .models import Book, BooksFindParams
from .settings import Settings
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None,
    *,
    settings: Settings | None = None,
    backends: Backends | None = None,
) -> CompiledServer[None, Settings]:
    """Build the Branch server; without `handlers`, with the ones in `handlers/`. It closes `backends`."""
    settings = settings or Settings.from_environment()
    if handlers is None:
        backends = backends or Backends.of(settings)
        handlers = App(backends)
    return CompiledServer(
        SURFACE,
        [
            *_books(handlers.books),
            *_rooms(handlers.rooms),
        ],
        settings=settings,
        backends=backends,
    )


def _books(handlers: BooksHandlers) -> Iterator[Offer[Context]]:
    def find(arguments: BooksFindParams, context: Context) -> Answer[list[Book]]:
        return handlers.find(text=arguments.text, context=context)

    yield Operation(
        "books_find", BooksFindParams, find, handler=handlers.find, name="books.find", bound=True
    )

    def index(_variables: object, context: Context) -> Answer[Contents]:
        return handlers.index(context=context)

    yield Resource(
        "library://index", index, handler=handlers.index, name="books.index", timeout=5, bound=True
    )

    def cover(variables: Variables, context: Context) -> Answer[Contents]:
        return handlers.cover(
            isbn=variables.text("isbn"), size=variables.text_or_none("size"), context=context
        )

    yield Resource(
        "library://covers/{isbn}{?size}",
        cover,
        handler=handlers.cover,
        name="books.cover",
        bound=True,
    )

    def book(variables: Variables, context: Context) -> Answer[Book]:
        return handlers.book(book=variables.text("Book"), context=context)

    yield Resource(
        "library://books/{Book}", book, handler=handlers.book, name="books.book", bound=True
    )

    def recommend(arguments: Variables, context: Context) -> Answer[Messages]:
        return handlers.recommend(
            genre=arguments.text("genre"), length=arguments.text_or_none("length"), context=context
        )

    yield Prompt("books_recommend", recommend, handler=handlers.recommend, name="books.recommend")

    def complete_cover_isbn(
        value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        return handlers.complete_cover_isbn(value=value, others=others, context=context)

    yield Completion(
        "resource",
        "library://covers/{isbn}{?size}",
        "isbn",
        complete_cover_isbn,
        handler=handlers.complete_cover_isbn,
        name="books.cover.isbn",
    )

    def complete_recommend_genre(
        value: str, others: Variables, context: Context
    ) -> Answer[Completions | Sequence[str]]:
        return handlers.complete_recommend_genre(value=value, others=others, context=context)

    yield Completion(
        "prompt",
        "books_recommend",
        "genre",
        complete_recommend_genre,
        handler=handlers.complete_recommend_genre,
        name="books.recommend.genre",
    )


def _rooms(handlers: RoomsHandlers) -> Iterator[Offer[Context]]:
    def seats(variables: Variables, context: Context) -> Answer[Contents]:
        return handlers.seats(
            path=variables.text("path"), tags=variables.texts("tags"), context=context
        )

    yield Resource(
        "rooms://{+path}/seats{?tags*}",
        seats,
        handler=handlers.seats,
        name="rooms.seats",
        bound=True,
    )

    def rules(_variables: object, context: Context) -> Answer[str]:
        return handlers.rules(context=context)

    yield Resource("rooms://rules", rules, handler=handlers.rules, name="rooms.rules")

    def quiet(_arguments: object, context: Context) -> Answer[Messages]:
        return handlers.quiet(context=context)

    yield Prompt("rooms_quiet", quiet, handler=handlers.quiet, name="rooms.quiet")
