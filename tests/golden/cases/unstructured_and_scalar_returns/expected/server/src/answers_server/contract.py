"""What the handlers of answers implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import Point

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class AnswersHandlers(Protocol):
    """Every kind of answer."""

    def nothing(self, context: Context) -> Answer[None]:
        """No answer."""
        ...

    def number(self, context: Context) -> Answer[int | float]:
        """A number."""
        ...

    def maybe(self, context: Context) -> Answer[str | None]:
        """A text or null."""
        ...

    def points(self, context: Context) -> Answer[list[Point]]:
        """A list."""
        ...

    def anything(self, context: Context) -> Answer[Any]:
        """Any JSON."""
        ...

    def point(self, context: Context) -> Answer[Point]:
        """An object."""
        ...

    def text(self, context: Context) -> Answer[int]:
        """A number as text only."""
        ...

    def point_text(self, context: Context) -> Answer[Point]:
        """An object as text only."""
        ...

    def free(self, context: Context) -> Answer[dict[str, Any]]:
        """An object without declared members."""
        ...


class Handlers(Protocol):
    """Everything that the answers server needs from you."""

    @property
    def answers(self) -> AnswersHandlers: ...
