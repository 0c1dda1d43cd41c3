"""Placing orders and following them."""

from automcp.runtime.shared.model import Unset

from ..contract import Context
from ..errors import OutOfStock
from ..models import Line, Order, OutOfStockData


class Orders:
    async def create(
        self,
        customer: str,
        lines: list[Line],
        note: str | None,
        remark: str | Unset | None,
        context: Context,
    ) -> Order:
        for line in lines:
            available = context.state.stock.get(line.sku, 0)
            if line.quantity > available:
                raise OutOfStock(data=OutOfStockData(sku=line.sku, available=available))
        return Order(id="1", lines=lines, from_=customer, note=note)

    def cancel(self, id: str, context: Context) -> None:
        print(f"cancelling {id}")
