"""Registers the operations of Weather station.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.server.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.operation import Operation
from ._runtime.shared.surface import Surface
from .contract import Context, Handlers, ReadingsHandlers
from .handlers import App
from .models import ReadingsLatestParams, ReadingsLatestResult
from .settings import Settings
from .state import State, lifespan

SURFACE = Surface.beside(__file__)
"""The tools exactly as they are advertised."""


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[State, Settings]:
    """Build the Weather station server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_readings(chosen.readings),
        ],
        settings=settings or Settings.from_environment(),
        lifespan=lifespan,
    )


def _readings(handlers: ReadingsHandlers) -> Iterator[Operation[Context]]:
    def latest(arguments: ReadingsLatestParams, context: Context) -> Answer[ReadingsLatestResult]:
        return handlers.latest(instrument=arguments.instrument, context=context)

    yield Operation(
        "readings_latest",
        ReadingsLatestParams,
        latest,
        handler=handlers.latest,
        name="readings.latest",
        timeout=1.5,
    )
