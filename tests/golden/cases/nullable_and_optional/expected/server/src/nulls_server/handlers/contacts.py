"""Handlers of the contacts group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from .._runtime.shared.model import Unset
from ..contract import Context
from ..models import Contact


class Contacts:
    """People."""

    async def update(
        self,
        name: str,
        email: str | None,
        phone: str | None,
        birthday: str | Unset | None,
        language: str | None,
        note: str | None,
        context: Context,
    ) -> Contact:
        """Change what is given and keep the rest."""
        raise NotImplementedError
