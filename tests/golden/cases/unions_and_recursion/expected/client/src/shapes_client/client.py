"""Calls what shapes offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    given,
)
from .models import NamedCircle, Shape, Tree

_SURFACE = Surface.beside(__file__)

_CANVAS_DRAW = Operation[NamedCircle](
    "draw", tool="canvas_draw", returns=NamedCircle, repeatable=False
)

_CANVAS_TOTAL = Operation[int | float](
    "total", tool="canvas_total", returns=int | float, repeatable=True
)


class Canvas(ErrorHandlingGroup):
    """Where shapes are."""

    async def draw(
        self,
        shape: Shape,
        at: int | str,
        sizes: dict[str, int | float] | None = None,
        corner: tuple[int | float, int | float] | None = None,
    ) -> NamedCircle:
        """Draw a shape.

        Args:
            shape: What to draw.
            at: A place, by number or by name.
        """
        return await self.call(
            _CANVAS_DRAW, {"shape": shape, "at": at, "sizes": given(sizes), "corner": given(corner)}
        )

    async def total(self, tree: Tree) -> int | float:
        """Add up the leaves."""
        return await self.call(_CANVAS_TOTAL, {"tree": tree})


class ShapesClient(AutoMCPClient):
    """A typed client of shapes."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "shapes", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.canvas = self.add_group(Canvas(self, "canvas", (_CANVAS_DRAW, _CANVAS_TOTAL)))
