"""What the spec says that the docs group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.bound.reading import read
from .._runtime.bound.values import text as text_
from .._runtime.shared.content import Text
from ..backends import Backends
from ..contract import Context
from ..errors import DocumentExists, NoSuchDocument
from ..models import Entry


class BoundDocs:
    """Documents."""

    def __init__(self, backends: Backends) -> None:
        self._docs = backends.docs

    async def read(self, path: str, context: Context) -> str:
        """A document."""
        return await self._docs.read(path, missing=NoSuchDocument)

    async def show(self, path: str, context: Context) -> Text | Sequence[Text]:
        """A document, as text for people."""
        return Text(await self._docs.read(path))

    async def picture(self, number: int, context: Context) -> str:
        """A picture, as base64."""
        return await self._docs.read_base64(
            f"pictures/{number}.png", limit=5_000_000, missing=NoSuchDocument
        )

    async def save(self, name: str, text: str, context: Context) -> None:
        """Write a new document."""
        await self._docs.write(
            f"saved/{name}.md", f"# {name}\n\n{text}\n", limit=10_000, exists=DocumentExists
        )

    async def keep(self, path: str, value: float | bool, context: Context) -> None:
        """Write a number or a flag."""
        await self._docs.write(path, text_(value))

    async def upload(self, number: int, data: str, context: Context) -> None:
        """Write a picture."""
        await self._docs.write(f"pictures/{number}.png", data, binary=True)

    async def log(self, line: str, context: Context) -> None:
        """Add a line to the diary."""
        await self._docs.append("diary.txt", f"{line}\n", missing=NoSuchDocument)

    async def list_(self, folder: str, pattern: str | None, context: Context) -> list[Entry]:
        """What is in a folder."""
        answer = await self._docs.list(folder, pattern, limit=50, missing=NoSuchDocument)
        return read(list[Entry], answer)

    async def about(self, path: str, context: Context) -> Entry:
        """What a document is."""
        return read(Entry, await self._docs.stat(path, missing=NoSuchDocument))

    async def remove(self, path: str, context: Context) -> None:
        """Remove a document."""
        await self._docs.delete(path, missing=NoSuchDocument)
