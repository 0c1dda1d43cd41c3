"""What the handlers of Weather station implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import ReadingsLatestResult
from .settings import Settings
from .state import State

Context: TypeAlias = RequestContext[State, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class ReadingsHandlers(Protocol):
    """What the instruments say."""

    def latest(
        self, instrument: Literal["wind", "rain", "light"], context: Context
    ) -> Answer[ReadingsLatestResult]:
        """The latest reading of an instrument.

        Args:
            instrument: Which one.
        """
        ...


class Handlers(Protocol):
    """Everything that the Weather station server needs from you."""

    @property
    def readings(self) -> ReadingsHandlers: ...
