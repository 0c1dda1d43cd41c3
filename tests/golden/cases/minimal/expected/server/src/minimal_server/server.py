"""Registers what minimal offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import Context, DoorHandlers, Handlers
from .handlers import App
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the minimal server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_door(chosen.door),
        ],
    )


def _door(handlers: DoorHandlers) -> Iterator[Operation[Context]]:
    def knock(_arguments: object, context: Context) -> Answer[None]:
        return handlers.knock(context=context)

    yield Operation("door_knock", None, knock, handler=handlers.knock, name="door.knock")
