"""Calls what operation offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
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
from .models import AppHandlers2, AppModel, OperationClient2, OperationModel

_SURFACE = Surface.beside(__file__)

_OPERATION_CALL = Operation[OperationModel](
    "call",
    tool="operation_call",
    returns=OperationModel,
    repeatable=True,
    errors=(TargetError, SettingsError),
)

_OPERATION_EXECUTE = Operation[None](
    "execute",
    tool="operation_execute",
    repeatable=False,
    errors=(ModelError, ConnectionFailure, DeclaredFailure, TimeoutError),
)


class OperationGroup(ErrorHandlingGroup):
    """One."""

    async def call_(self, surface: str) -> OperationModel:
        """Call.

        Raises:
            TargetError: Missed.
            SettingsError: Out of order.
        """
        return await self.call(_OPERATION_CALL, {"surface": surface})

    async def execute_(self) -> None:
        """Execute.

        Raises:
            ModelError: Too old.
            ConnectionFailure: Not connected.
            DeclaredFailure: Nothing to declare.
            TimeoutError: Too late.
        """
        await self.call(_OPERATION_EXECUTE)


_APP_CONTEXT = Operation[AppHandlers2](
    "context", tool="app_context", returns=AppHandlers2, repeatable=True, errors=(AppFailed,)
)


class AppGroup(ErrorHandlingGroup):
    """Two."""

    async def context(self, context_: AppModel, self_: float) -> AppHandlers2:
        """Context.

        Raises:
            AppFailed: No app.
        """
        return await self.call(_APP_CONTEXT, {"context": context_, "self": self_})


_CONTEXT_LIST = Operation[list[OperationClient2]](
    "list", tool="context_list", returns=list[OperationClient2], repeatable=True
)


class ContextGroup(ErrorHandlingGroup):
    """Three."""

    async def list_(self) -> list[OperationClient2]:
        """List."""
        return await self.call(_CONTEXT_LIST)


_SURFACE_IMPORT = Operation[None]("import", tool="surface_import", repeatable=False)

_SURFACE_PRINT = Operation[None]("print", tool="surface_print", repeatable=False)


class SurfaceGroup(ErrorHandlingGroup):
    """Four."""

    async def import_(self, arguments: dict[str, Any]) -> None:
        """Import."""
        await self.call(_SURFACE_IMPORT, arguments)

    async def print(self, kinds: list[Literal["x", "y", "z"]]) -> None:
        """Print."""
        await self.call(_SURFACE_PRINT, {"kinds": kinds})


_TARGET_HANDLERS = Operation[Any]("handlers", tool="target_handlers", returns=Any, repeatable=True)


class TargetGroup(ErrorHandlingGroup):
    """Five."""

    async def handlers(self) -> Any:
        """Handlers."""
        return await self.call(_TARGET_HANDLERS)


_MAPPING_BUILD_SERVER = Operation[int | None](
    "build_server", tool="mapping_build_server", returns=int | None, repeatable=True
)


class MappingGroup(ErrorHandlingGroup):
    """Six."""

    async def build_server(self) -> int | None:
        """Build."""
        return await self.call(_MAPPING_BUILD_SERVER)


_BUILD_SERVER_O = Operation[str]("o", tool="build_server_o", returns=str, repeatable=True)


class BuildServer(ErrorHandlingGroup):
    """Seven."""

    async def o(self) -> str:
        """O."""
        return await self.call(_BUILD_SERVER_O)


_ANY_O = Operation[None]("o", tool="any_o", repeatable=True)


class AnyGroup(ErrorHandlingGroup):
    """Eight."""

    async def o(self) -> None:
        """O."""
        await self.call(_ANY_O)


_HOOKS_O = Operation[None]("o", tool="hooks_o", repeatable=True)


class HooksGroup(ErrorHandlingGroup):
    """Nine."""

    async def o(self) -> None:
        """O."""
        await self.call(_HOOKS_O)


class OperationClient(AutoMCPClient):
    """A typed client of operation."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "operation", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.operation = self.add_group(
            OperationGroup(self, "operation", (_OPERATION_CALL, _OPERATION_EXECUTE))
        )
        self.app = self.add_group(AppGroup(self, "app", (_APP_CONTEXT,)))
        self.context = self.add_group(ContextGroup(self, "context", (_CONTEXT_LIST,)))
        self.surface_ = self.add_group(
            SurfaceGroup(self, "surface", (_SURFACE_IMPORT, _SURFACE_PRINT))
        )
        self.target = self.add_group(TargetGroup(self, "target", (_TARGET_HANDLERS,)))
        self.mapping = self.add_group(MappingGroup(self, "mapping", (_MAPPING_BUILD_SERVER,)))
        self.build_server = self.add_group(BuildServer(self, "build_server", (_BUILD_SERVER_O,)))
        self.any = self.add_group(AnyGroup(self, "any", (_ANY_O,)))
        self.hooks_ = self.add_group(HooksGroup(self, "hooks", (_HOOKS_O,)))
