"""Whose tokens the Bookshelf server accepts. This file is yours."""

from __future__ import annotations

from ._runtime.server.request import Caller
from .settings import Settings


async def verify(token: str, settings: Settings) -> Caller | None:
    """Whose the token of an HTTP request is; `None` if it is nobody's, or no longer."""
    raise NotImplementedError
