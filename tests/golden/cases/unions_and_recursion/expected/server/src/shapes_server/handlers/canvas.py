"""Handlers of the canvas group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import NamedCircle, Shape, Tree


class Canvas:
    """Where shapes are."""

    async def draw(
        self,
        shape: Shape,
        at: int | str,
        sizes: dict[str, int | float] | None,
        corner: tuple[int | float, int | float] | None,
        context: Context,
    ) -> NamedCircle:
        """Draw a shape."""
        raise NotImplementedError

    async def total(self, tree: Tree, context: Context) -> int | float:
        """Add up the leaves."""
        raise NotImplementedError
