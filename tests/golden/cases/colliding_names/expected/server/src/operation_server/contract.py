"""What the handlers of operation implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import AppHandlers2, AppModel, OperationClient2, OperationModel
from .settings import Settings
from .state import State

Context: TypeAlias = RequestContext[State, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class OperationHandlers(Protocol):
    """One."""

    def call_(self, surface: str, context: Context) -> Answer[OperationModel]:
        """Call.

        Raises:
            TargetError: Missed.
            SettingsError: Out of order.
        """
        ...

    def execute_(self, context: Context) -> Answer[None]:
        """Execute.

        Raises:
            ModelError: Too old.
            ConnectionFailure: Not connected.
            DeclaredFailure: Nothing to declare.
            TimeoutError: Too late.
        """
        ...


class AppHandlers(Protocol):
    """Two."""

    def context(self, context_: AppModel, self_: float, context: Context) -> Answer[AppHandlers2]:
        """Context.

        Raises:
            AppFailed: No app.
        """
        ...


class ContextHandlers(Protocol):
    """Three."""

    def list_(self, context: Context) -> Answer[list[OperationClient2]]:
        """List."""
        ...


class SurfaceHandlers(Protocol):
    """Four."""

    def import_(self, arguments: dict[str, Any], context: Context) -> Answer[None]:
        """Import."""
        ...

    def print(self, kinds: list[Literal["x", "y", "z"]], context: Context) -> Answer[None]:
        """Print."""
        ...


class TargetHandlers(Protocol):
    """Five."""

    def handlers(self, context: Context) -> Answer[Any]:
        """Handlers."""
        ...


class MappingHandlers(Protocol):
    """Six."""

    def build_server(self, context: Context) -> Answer[int | None]:
        """Build."""
        ...


class BuildServerHandlers(Protocol):
    """Seven."""

    def o(self, context: Context) -> Answer[str]:
        """O."""
        ...


class AnyHandlers(Protocol):
    """Eight."""

    def o(self, context: Context) -> Answer[None]:
        """O."""
        ...


class HooksHandlers(Protocol):
    """Nine."""

    def o(self, context: Context) -> Answer[None]:
        """O."""
        ...


class Handlers(Protocol):
    """Everything that the operation server needs from you."""

    @property
    def operation(self) -> OperationHandlers: ...

    @property
    def app(self) -> AppHandlers: ...

    @property
    def context(self) -> ContextHandlers: ...

    @property
    def surface_(self) -> SurfaceHandlers: ...

    @property
    def target(self) -> TargetHandlers: ...

    @property
    def mapping(self) -> MappingHandlers: ...

    @property
    def build_server(self) -> BuildServerHandlers: ...

    @property
    def any(self) -> AnyHandlers: ...

    @property
    def hooks_(self) -> HooksHandlers: ...
