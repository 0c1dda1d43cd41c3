"""Registers what shapes offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import CanvasHandlers, Context, Handlers
from .handlers import App
from .models import CanvasDrawParams, CanvasTotalParams, NamedCircle
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the shapes server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_canvas(chosen.canvas),
        ],
    )


def _canvas(handlers: CanvasHandlers) -> Iterator[Operation[Context]]:
    def draw(arguments: CanvasDrawParams, context: Context) -> Answer[NamedCircle]:
        return handlers.draw(
            shape=arguments.shape,
            at=arguments.at,
            sizes=arguments.sizes,
            corner=arguments.corner,
            context=context,
        )

    yield Operation(
        "canvas_draw", CanvasDrawParams, draw, handler=handlers.draw, name="canvas.draw"
    )

    def total(arguments: CanvasTotalParams, context: Context) -> Answer[int | float]:
        return handlers.total(tree=arguments.tree, context=context)

    yield Operation(
        "canvas_total", CanvasTotalParams, total, handler=handlers.total, name="canvas.total"
    )
