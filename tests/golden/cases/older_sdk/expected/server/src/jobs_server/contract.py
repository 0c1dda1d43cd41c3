"""What the handlers of jobs implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class WorkHandlers(Protocol):
    """Starting work and following it."""

    def start(self, label: str, context: Context) -> Answer[str]:
        """Starts a job and waits for it.

        Args:
            label: What to call it.

        Raises:
            Busy: There is too much to do.
        """
        ...

    def log(self, context: Context) -> Answer[str]:
        """What was done."""
        ...


class Handlers(Protocol):
    """Everything that the jobs server needs from you."""

    @property
    def work(self) -> WorkHandlers: ...
