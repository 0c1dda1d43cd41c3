"""Registers what locks offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import Context, Handlers, LocksHandlers
from .errors import Anything, Details, Jammed, Refused, ValueError, WrongCode
from .handlers import App
from .models import LocksOpenParams
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the locks server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_locks(chosen.locks),
        ],
    )


def _locks(handlers: LocksHandlers) -> Iterator[Operation[Context]]:
    def open(arguments: LocksOpenParams, context: Context) -> Answer[None]:
        return handlers.open(code=arguments.code, context=context)

    yield Operation(
        "locks_open",
        LocksOpenParams,
        open,
        handler=handlers.open,
        name="locks.open",
        errors=(WrongCode, Jammed, Refused, Details, Anything, ValueError),
        timeout=120,
    )

    def state(_arguments: object, context: Context) -> Answer[bool]:
        return handlers.state(context=context)

    yield Operation(
        "locks_state", None, state, handler=handlers.state, name="locks.state", errors=(Jammed,)
    )
