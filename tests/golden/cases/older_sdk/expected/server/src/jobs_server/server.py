"""Registers what jobs offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Offer, Operation, Resource
from .contract import Context, Handlers, WorkHandlers
from .errors import Busy
from .handlers import App
from .models import WorkStartParams
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the jobs server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_work(chosen.work),
        ],
    )


def _work(handlers: WorkHandlers) -> Iterator[Offer[Context]]:
    def start(arguments: WorkStartParams, context: Context) -> Answer[str]:
        return handlers.start(label=arguments.label, context=context)

    yield Operation(
        "work_start",
        WorkStartParams,
        start,
        handler=handlers.start,
        name="work.start",
        errors=(Busy,),
    )

    def log(_variables: object, context: Context) -> Answer[str]:
        return handlers.log(context=context)

    yield Resource("jobs://log", log, handler=handlers.log, name="work.log")
