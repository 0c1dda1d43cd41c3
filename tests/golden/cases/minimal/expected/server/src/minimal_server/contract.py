"""What the handlers of minimal implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class DoorHandlers(Protocol):
    """The operations of door."""

    def knock(self, context: Context) -> Answer[None]:
        """Knock."""
        ...


class Handlers(Protocol):
    """Everything that the minimal server needs from you."""

    @property
    def door(self) -> DoorHandlers: ...
