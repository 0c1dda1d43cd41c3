"""What the handlers of shapes implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from .models import NamedCircle, Shape, Tree

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class CanvasHandlers(Protocol):
    """Where shapes are."""

    def draw(
        self,
        shape: Shape,
        at: int | str,
        sizes: dict[str, int | float] | None,
        corner: tuple[int | float, int | float] | None,
        context: Context,
    ) -> Answer[NamedCircle]:
        """Draw a shape.

        Args:
            shape: What to draw.
            at: A place, by number or by name.
        """
        ...

    def total(self, tree: Tree, context: Context) -> Answer[int | float]:
        """Add up the leaves."""
        ...


class Handlers(Protocol):
    """Everything that the shapes server needs from you."""

    @property
    def canvas(self) -> CanvasHandlers: ...
