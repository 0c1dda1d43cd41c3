"""Handlers of the reports group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Literal

from ..contract import Context
from ..models import ReportsSalesResult


class Reports:
    """What happened."""

    async def sales(self, from_: str, days: int, context: Context) -> ReportsSalesResult:
        """Adds up the orders, day by day, and says how far it is."""
        raise NotImplementedError

    async def footfall(self, door: Literal["north", "south"], context: Context) -> int:
        """Asks the door counter, which is slow and sometimes does not answer."""
        raise NotImplementedError
