"""Handlers of the answers group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Any

from ..contract import Context
from ..models import Point


class Answers:
    """Every kind of answer."""

    async def nothing(self, context: Context) -> None:
        """No answer."""
        raise NotImplementedError

    async def number(self, context: Context) -> int | float:
        """A number."""
        raise NotImplementedError

    async def maybe(self, context: Context) -> str | None:
        """A text or null."""
        raise NotImplementedError

    async def points(self, context: Context) -> list[Point]:
        """A list."""
        raise NotImplementedError

    async def anything(self, context: Context) -> Any:
        """Any JSON."""
        raise NotImplementedError

    async def point(self, context: Context) -> Point:
        """An object."""
        raise NotImplementedError

    async def text(self, context: Context) -> int:
        """A number as text only."""
        raise NotImplementedError

    async def point_text(self, context: Context) -> Point:
        """An object as text only."""
        raise NotImplementedError

    async def free(self, context: Context) -> dict[str, Any]:
        """An object without declared members."""
        raise NotImplementedError
