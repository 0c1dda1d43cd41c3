"""Registers what Toolbox offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from ._runtime.shared.content import Text
from .contract import Context, GitHandlers, Handlers, HouseHandlers, TextHandlers
from .errors import GitFailed, NoSuchRevision
from .handlers import App
from .models import (
    GitLogParams,
    HouseMeanParams,
    TextQueryArguments,
    TextRhymesParams,
    TextShortenParams,
    TextSortParams,
)
from .settings import Settings
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[None, Settings]:
    """Build the Toolbox server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_git(chosen.git),
            *_text(chosen.text),
            *_house(chosen.house),
        ],
        settings=settings or Settings.from_environment(),
    )


def _git(handlers: GitHandlers) -> Iterator[Operation[Context]]:
    def log(arguments: GitLogParams, context: Context) -> Answer[list[str]]:
        return handlers.log(
            revision=arguments.revision,
            limit=arguments.limit,
            author=arguments.author,
            merges=arguments.merges,
            paths=arguments.paths,
            context=context,
        )

    yield Operation(
        "git_log",
        GitLogParams,
        log,
        handler=handlers.log,
        name="git.log",
        errors=(NoSuchRevision, GitFailed),
        timeout=10,
        bound=True,
    )

    def fetch(_arguments: object, context: Context) -> Answer[None]:
        return handlers.fetch(context=context)

    yield Operation(
        "git_fetch",
        None,
        fetch,
        handler=handlers.fetch,
        name="git.fetch",
        errors=(GitFailed,),
        bound=True,
    )


def _text(handlers: TextHandlers) -> Iterator[Operation[Context]]:
    def shorten(arguments: TextShortenParams, context: Context) -> Answer[str]:
        return handlers.shorten(
            text=arguments.text,
            width=arguments.width,
            placeholder=arguments.placeholder,
            context=context,
        )

    yield Operation(
        "text_shorten",
        TextShortenParams,
        shorten,
        handler=handlers.shorten,
        name="text.shorten",
        bound=True,
    )

    def sort(arguments: TextSortParams, context: Context) -> Answer[Text | Sequence[Text]]:
        return handlers.sort(text=arguments.text, reverse=arguments.reverse, context=context)

    yield Operation(
        "text_sort", TextSortParams, sort, handler=handlers.sort, name="text.sort", bound=True
    )

    def query(arguments: TextQueryArguments, context: Context) -> Answer[Any]:
        return handlers.query(arguments=arguments, context=context)

    yield Operation(
        "text_query",
        TextQueryArguments,
        query,
        handler=handlers.query,
        name="text.query",
        bound=True,
    )

    def rhymes(arguments: TextRhymesParams, context: Context) -> Answer[list[str]]:
        return handlers.rhymes(word=arguments.word, context=context)

    yield Operation(
        "text_rhymes", TextRhymesParams, rhymes, handler=handlers.rhymes, name="text.rhymes"
    )


def _house(handlers: HouseHandlers) -> Iterator[Operation[Context]]:
    def mean(arguments: HouseMeanParams, context: Context) -> Answer[int | float]:
        return handlers.mean(data=arguments.data, weights=arguments.weights, context=context)

    yield Operation(
        "house_mean", HouseMeanParams, mean, handler=handlers.mean, name="house.mean", bound=True
    )
