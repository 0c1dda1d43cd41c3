"""What there is to buy."""

from ..contract import Context
from ..models import Filter


class Catalog:
    async def count(self, kind: str, context: Context) -> int:
        return sum(context.state.stock.values()) if kind == "book" else 0

    def describe(self, sku: str, context: Context) -> str:
        return f"{sku} for {context.settings.currency}\n\u00e9"

    async def find(self, arguments: Filter, context: Context) -> list[str]:
        return sorted(arguments)
