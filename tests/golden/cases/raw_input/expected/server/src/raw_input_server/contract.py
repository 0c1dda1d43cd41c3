"""What the handlers of raw-input implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import DocumentsStoreArguments

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class DocumentsHandlers(Protocol):
    """Documents of any kind."""

    def store(self, arguments: DocumentsStoreArguments, context: Context) -> Answer[None]:
        """Store a document."""
        ...

    def tag(self, arguments: dict[str, Any], context: Context) -> Answer[None]:
        """Tag what has an id or a name."""
        ...


class Handlers(Protocol):
    """Everything that the raw-input server needs from you."""

    @property
    def documents(self) -> DocumentsHandlers: ...
