"""Registers what awkward-names offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import BuildServerHandlers, Context, Handlers, ImportHandlers
from .handlers import App
from .models import ContextModel, ImportCallParams, ImportFromParams, ModelModel
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the awkward-names server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_import_(chosen.import_),
            *_build_server(chosen.build_server),
        ],
    )


def _import_(handlers: ImportHandlers) -> Iterator[Operation[Context]]:
    def from_(arguments: ImportFromParams, context: Context) -> Answer[ModelModel]:
        return handlers.from_(
            from_=arguments.from_,
            class_=arguments.class_,
            self_=arguments.self,
            context_=arguments.context,
            handlers_=arguments.handlers,
            model_config=arguments.model_config_,
            camel_case=arguments.camel_case,
            größe=arguments.größe,
            list=arguments.list_,
            context=context,
        )

    yield Operation(
        "import_from", ImportFromParams, from_, handler=handlers.from_, name="import.from"
    )

    def call_(arguments: ImportCallParams, context: Context) -> Answer[ContextModel]:
        return handlers.call_(context_=arguments.context, context=context)

    yield Operation(
        "import_call", ImportCallParams, call_, handler=handlers.call_, name="import.call"
    )


def _build_server(handlers: BuildServerHandlers) -> Iterator[Operation[Context]]:
    def close(_arguments: object, context: Context) -> Answer[None]:
        return handlers.close(context=context)

    yield Operation(
        "build_server_close", None, close, handler=handlers.close, name="build_server.close"
    )
