"""What the handlers of locks implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import Code

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class LocksHandlers(Protocol):
    """Doors with codes."""

    def open(self, code: Code, context: Context) -> Answer[None]:
        """Open a lock.

        Args:
            code: Four digits.

        Raises:
            WrongCode: The code does not open this lock.
            Jammed: The bolt does not move.
            Refused: Not today.
            Details: Shares its data with schemas.
            Anything: Says whatever it likes.
            ValueError: Has the name of a builtin.
        """
        ...

    def state(self, context: Context) -> Answer[bool]:
        """Whether it is open.

        Raises:
            Jammed: The bolt does not move.
        """
        ...


class Handlers(Protocol):
    """Everything that the locks server needs from you."""

    @property
    def locks(self) -> LocksHandlers: ...
