"""Registers what Weather station offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import Context, Handlers, ReadingsHandlers
from .handlers import App
from .models import ReadingsLatestParams, ReadingsLatestResult
from .settings import Settings
from .state import State, lifespan
from .surface import SURFACE


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
