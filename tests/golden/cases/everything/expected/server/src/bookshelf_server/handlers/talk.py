"""Handlers of the talk group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.server.offers import Variables
from .._runtime.server.result import Completions, Messages
from ..contract import Context


class Talk:
    """What people say of books."""

    async def review(self, isbn: str, tone: str | None, context: Context) -> Messages:
        """Asks for a review of a book."""
        raise NotImplementedError

    async def recommend(self, context: Context) -> Messages:
        """Asks what to read next."""
        raise NotImplementedError

    async def complete_review_isbn(
        self,
        value: str,
        others: Variables,
        context: Context,
    ) -> Completions | Sequence[str]:
        """What `isbn` of review may be, after what was typed of it and the other values."""
        raise NotImplementedError
