"""Handlers of the catalog group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context
from ..models import Category, Product, Sku


class Catalog:
    """What the shop sells."""

    async def search(
        self,
        text: str,
        limit: int,
        in_stock: bool,
        context: Context,
    ) -> list[Product]:
        """Products whose name or tags hold the text, cheapest first."""
        raise NotImplementedError

    async def product(self, sku: Sku, context: Context) -> Product:
        """The product with that SKU."""
        raise NotImplementedError

    async def categories(self, context: Context) -> Category:
        """All shelves, as a tree."""
        raise NotImplementedError
