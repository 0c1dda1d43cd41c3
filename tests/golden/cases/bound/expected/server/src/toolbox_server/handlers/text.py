"""Handlers of the text group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..bindings.text import BoundText
from ..contract import Context


class TextGroup(BoundText):
    """What can be done with texts."""

    async def rhymes(self, word: str, context: Context) -> list[str]:
        """Words that rhyme."""
        raise NotImplementedError
