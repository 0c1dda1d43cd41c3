"""What the shop sells."""

from __future__ import annotations

from ..contract import Context
from ..errors import UnknownProduct
from ..models import Category, Product, UnknownProductData


class Catalog:
    """The catalogue, read from the shop's state."""

    def search(self, text: str, limit: int, in_stock: bool, context: Context) -> list[Product]:
        """Search in a worker thread: a plain method never holds up the other calls."""
        wanted = text.casefold()
        found = [
            product
            for product in context.state.products.values()
            if wanted in product.name.casefold() or wanted in (product.tags or [])
            if product.stock or not in_stock
        ]
        return sorted(found, key=lambda product: product.price)[:limit]

    async def product(self, sku: str, context: Context) -> Product:
        product = context.state.products.get(sku)
        if product is None:
            raise UnknownProduct(data=UnknownProductData(sku=sku))
        return product

    async def categories(self, context: Context) -> Category:
        shelves: dict[str, list[str]] = {}
        for product in context.state.products.values():
            for tag in product.tags or []:
                shelves.setdefault(tag, []).append(product.sku)
        children = [Category(name=name, products=skus) for name, skus in sorted(shelves.items())]
        return Category(name="everything", children=children)
