"""What the handlers of awkward-names implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import ContextModel, ModelModel, Str

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class ImportHandlers(Protocol):
    """A keyword."""

    def from_(
        self,
        from_: str,
        class_: str,
        self_: str,
        context_: str,
        handlers_: str,
        model_config: str,
        camel_case: int,
        größe: float | None,
        list: list[Str] | None,
        context: Context,
    ) -> Answer[ModelModel]:
        """Another.

        Args:
            from_: A keyword.
        """
        ...

    def call_(self, context_: ContextModel, context: Context) -> Answer[ContextModel]:
        """The name of what the client's groups do inside."""
        ...


class BuildServerHandlers(Protocol):
    """A name in the compiled module."""

    def close(self, context: Context) -> Answer[None]:
        """A name in the client's runtime."""
        ...


class Handlers(Protocol):
    """Everything that the awkward-names server needs from you."""

    @property
    def import_(self) -> ImportHandlers: ...

    @property
    def build_server(self) -> BuildServerHandlers: ...
