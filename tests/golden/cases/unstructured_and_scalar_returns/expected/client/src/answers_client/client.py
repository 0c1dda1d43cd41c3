"""Calls what answers offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
)
from .models import Point

_SURFACE = Surface.beside(__file__)

_ANSWERS_NOTHING = Operation[None]("nothing", tool="answers_nothing", repeatable=False)

_ANSWERS_NUMBER = Operation[int | float](
    "number", tool="answers_number", returns=int | float, repeatable=True
)

_ANSWERS_MAYBE = Operation[str | None](
    "maybe", tool="answers_maybe", returns=str | None, repeatable=True
)

_ANSWERS_POINTS = Operation[list[Point]](
    "points", tool="answers_points", returns=list[Point], repeatable=True
)

_ANSWERS_ANYTHING = Operation[Any](
    "anything", tool="answers_anything", returns=Any, repeatable=True
)

_ANSWERS_POINT = Operation[Point]("point", tool="answers_point", returns=Point, repeatable=True)

_ANSWERS_TEXT = Operation[int]("text", tool="answers_text", returns=int, repeatable=True)

_ANSWERS_POINT_TEXT = Operation[Point](
    "point_text", tool="answers_point_text", returns=Point, repeatable=True
)

_ANSWERS_FREE = Operation[dict[str, Any]](
    "free", tool="answers_free", returns=dict[str, Any], repeatable=True
)


class Answers(ErrorHandlingGroup):
    """Every kind of answer."""

    async def nothing(self) -> None:
        """No answer."""
        await self.call(_ANSWERS_NOTHING)

    async def number(self) -> int | float:
        """A number."""
        return await self.call(_ANSWERS_NUMBER)

    async def maybe(self) -> str | None:
        """A text or null."""
        return await self.call(_ANSWERS_MAYBE)

    async def points(self) -> list[Point]:
        """A list."""
        return await self.call(_ANSWERS_POINTS)

    async def anything(self) -> Any:
        """Any JSON."""
        return await self.call(_ANSWERS_ANYTHING)

    async def point(self) -> Point:
        """An object."""
        return await self.call(_ANSWERS_POINT)

    async def text(self) -> int:
        """A number as text only."""
        return await self.call(_ANSWERS_TEXT)

    async def point_text(self) -> Point:
        """An object as text only."""
        return await self.call(_ANSWERS_POINT_TEXT)

    async def free(self) -> dict[str, Any]:
        """An object without declared members."""
        return await self.call(_ANSWERS_FREE)


class AnswersClient(AutoMCPClient):
    """A typed client of answers."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "answers", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.answers = self.add_group(
            Answers(
                self,
                "answers",
                (
                    _ANSWERS_NOTHING,
                    _ANSWERS_NUMBER,
                    _ANSWERS_MAYBE,
                    _ANSWERS_POINTS,
                    _ANSWERS_ANYTHING,
                    _ANSWERS_POINT,
                    _ANSWERS_TEXT,
                    _ANSWERS_POINT_TEXT,
                    _ANSWERS_FREE,
                ),
            )
        )
