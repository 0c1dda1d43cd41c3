"""Registers what answers offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import AnswersHandlers, Context, Handlers
from .handlers import App
from .models import Point
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the answers server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_answers(chosen.answers),
        ],
    )


def _answers(handlers: AnswersHandlers) -> Iterator[Operation[Context]]:
    def nothing(_arguments: object, context: Context) -> Answer[None]:
        return handlers.nothing(context=context)

    yield Operation(
        "answers_nothing", None, nothing, handler=handlers.nothing, name="answers.nothing"
    )

    def number(_arguments: object, context: Context) -> Answer[int | float]:
        return handlers.number(context=context)

    yield Operation("answers_number", None, number, handler=handlers.number, name="answers.number")

    def maybe(_arguments: object, context: Context) -> Answer[str | None]:
        return handlers.maybe(context=context)

    yield Operation("answers_maybe", None, maybe, handler=handlers.maybe, name="answers.maybe")

    def points(_arguments: object, context: Context) -> Answer[list[Point]]:
        return handlers.points(context=context)

    yield Operation("answers_points", None, points, handler=handlers.points, name="answers.points")

    def anything(_arguments: object, context: Context) -> Answer[Any]:
        return handlers.anything(context=context)

    yield Operation(
        "answers_anything", None, anything, handler=handlers.anything, name="answers.anything"
    )

    def point(_arguments: object, context: Context) -> Answer[Point]:
        return handlers.point(context=context)

    yield Operation("answers_point", None, point, handler=handlers.point, name="answers.point")

    def text(_arguments: object, context: Context) -> Answer[int]:
        return handlers.text(context=context)

    yield Operation("answers_text", None, text, handler=handlers.text, name="answers.text")

    def point_text(_arguments: object, context: Context) -> Answer[Point]:
        return handlers.point_text(context=context)

    yield Operation(
        "answers_point_text",
        None,
        point_text,
        handler=handlers.point_text,
        name="answers.point_text",
    )

    def free(_arguments: object, context: Context) -> Answer[dict[str, Any]]:
        return handlers.free(context=context)

    yield Operation("answers_free", None, free, handler=handlers.free, name="answers.free")
