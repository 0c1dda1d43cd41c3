"""Registers what operation offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import (
    AnyHandlers,
    AppHandlers,
    BuildServerHandlers,
    Context,
    ContextHandlers,
    Handlers,
    HooksHandlers,
    MappingHandlers,
    OperationHandlers,
    SurfaceHandlers,
    TargetHandlers,
)
from .errors import (
    AppFailed,
    ConnectionFailure,
    DeclaredFailure,
    ModelError,
    SettingsError,
    TargetError,
    TimeoutError,
)
from .handlers import App
from .models import (
    AppContextParams,
    AppHandlers2,
    OperationCallParams,
    OperationClient2,
    OperationModel,
    SurfacePrintParams,
)
from .settings import Settings
from .state import State, lifespan
from .surface import SURFACE


def build_server(
    handlers: Handlers | None = None, *, settings: Settings | None = None
) -> CompiledServer[State, Settings]:
    """Build the operation server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_operation(chosen.operation),
            *_app(chosen.app),
            *_context(chosen.context),
            *_surface_(chosen.surface_),
            *_target(chosen.target),
            *_mapping(chosen.mapping),
            *_build_server(chosen.build_server),
            *_any(chosen.any),
            *_hooks_(chosen.hooks_),
        ],
        settings=settings or Settings.from_environment(),
        lifespan=lifespan,
    )


def _operation(handlers: OperationHandlers) -> Iterator[Operation[Context]]:
    def call_(arguments: OperationCallParams, context: Context) -> Answer[OperationModel]:
        return handlers.call_(surface=arguments.surface, context=context)

    yield Operation(
        "operation_call",
        OperationCallParams,
        call_,
        handler=handlers.call_,
        name="operation.call",
        errors=(TargetError, SettingsError),
    )

    def execute_(_arguments: object, context: Context) -> Answer[None]:
        return handlers.execute_(context=context)

    yield Operation(
        "operation_execute",
        None,
        execute_,
        handler=handlers.execute_,
        name="operation.execute",
        errors=(ModelError, ConnectionFailure, DeclaredFailure, TimeoutError),
    )


def _app(handlers: AppHandlers) -> Iterator[Operation[Context]]:
    def context_(arguments: AppContextParams, context: Context) -> Answer[AppHandlers2]:
        return handlers.context(context_=arguments.context, self_=arguments.self, context=context)

    yield Operation(
        "app_context",
        AppContextParams,
        context_,
        handler=handlers.context,
        name="app.context",
        errors=(AppFailed,),
    )


def _context(handlers: ContextHandlers) -> Iterator[Operation[Context]]:
    def list_(_arguments: object, context: Context) -> Answer[list[OperationClient2]]:
        return handlers.list_(context=context)

    yield Operation("context_list", None, list_, handler=handlers.list_, name="context.list")


def _surface_(handlers: SurfaceHandlers) -> Iterator[Operation[Context]]:
    def import_(arguments: dict[str, Any], context: Context) -> Answer[None]:
        return handlers.import_(arguments=arguments, context=context)

    yield Operation(
        "surface_import", None, import_, handler=handlers.import_, name="surface.import"
    )

    def print(arguments: SurfacePrintParams, context: Context) -> Answer[None]:
        return handlers.print(kinds=arguments.kinds, context=context)

    yield Operation(
        "surface_print", SurfacePrintParams, print, handler=handlers.print, name="surface.print"
    )


def _target(handlers: TargetHandlers) -> Iterator[Operation[Context]]:
    def handlers_(_arguments: object, context: Context) -> Answer[Any]:
        return handlers.handlers(context=context)

    yield Operation(
        "target_handlers", None, handlers_, handler=handlers.handlers, name="target.handlers"
    )


def _mapping(handlers: MappingHandlers) -> Iterator[Operation[Context]]:
    def build_server(_arguments: object, context: Context) -> Answer[int | None]:
        return handlers.build_server(context=context)

    yield Operation(
        "mapping_build_server",
        None,
        build_server,
        handler=handlers.build_server,
        name="mapping.build_server",
    )


def _build_server(handlers: BuildServerHandlers) -> Iterator[Operation[Context]]:
    def o(_arguments: object, context: Context) -> Answer[str]:
        return handlers.o(context=context)

    yield Operation("build_server_o", None, o, handler=handlers.o, name="build_server.o")


def _any(handlers: AnyHandlers) -> Iterator[Operation[Context]]:
    def o(_arguments: object, context: Context) -> Answer[None]:
        return handlers.o(context=context)

    yield Operation("any_o", None, o, handler=handlers.o, name="any.o")


def _hooks_(handlers: HooksHandlers) -> Iterator[Operation[Context]]:
    def o(_arguments: object, context: Context) -> Answer[None]:
        return handlers.o(context=context)

    yield Operation("hooks_o", None, o, handler=handlers.o, name="hooks.o")
