"""What happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import anyio

from ..contract import Context
from ..models import ReportsSalesResult, ReportsSalesResultDaysItem


class Reports:
    """Reports over the shop's state."""

    async def sales(self, from_: str, days: int, context: Context) -> ReportsSalesResult:
        first = date.fromisoformat(from_)
        total = sum(order.total for order in context.state.orders.values() if order.state == "paid")
        await context.log("info", f"adding up {days} days")
        found: list[ReportsSalesResultDaysItem] = []
        for index in range(days):
            await context.progress(index, days, f"day {index + 1}")
            await anyio.sleep(0.002)
            day = (first + timedelta(days=index)).isoformat()
            last = index == days - 1
            found.append(
                ReportsSalesResultDaysItem(
                    day=day,
                    orders=len(context.state.orders) if last else 0,
                    total=total if last else 0,
                )
            )
        await context.progress(days, days, "done")
        return ReportsSalesResult(days=found, total=total)

    async def footfall(self, door: Literal["north", "south"], context: Context) -> int:
        if door == "south":
            await anyio.sleep_forever()
        return 42
