"""A folder as bound operations use it: nothing that they do leaves it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import anyio.to_thread

from ..shared.failure import BackendError
from . import content as contents
from .entries import Entry, entries, entry
from .failure import failure
from .path import names
from .pattern import EVERYTHING, pattern
from .place import Place, reached

T = TypeVar("T")


class Folder:
    """A folder, and what is below it. Paths are relative to it, with `/` between names; links are not followed.

    Every method raises:
        Missing: There is no such file or folder.
        BackendError: The path leads out of the folder, or to a link or a device; or something else went wrong.
    """

    def __init__(self, root: str) -> None:
        """Args:
        root: The folder's path; a relative one counts from the working folder.
        """
        self._root = root

    async def read(self, path: str, *, limit: int) -> str:
        """A file of UTF-8 text of at most `limit` bytes."""
        found = await self._do(path, partial(contents.read, limit=limit))
        try:
            return found.decode()
        except UnicodeDecodeError as error:
            raise BackendError(f"{path!r} is no UTF-8 text") from error

    async def read_base64(self, path: str, *, limit: int) -> str:
        """A file of at most `limit` bytes, as base64."""
        found = await self._do(path, partial(contents.read, limit=limit))
        return base64.b64encode(found).decode("ascii")

    async def write(
        self, path: str, content: bytes, *, limit: int, replaces: bool = True, makes: bool = True
    ) -> None:
        """Put a file there whole, or not at all.

        Args:
            makes: Whether folders on the way are made.

        Raises:
            Existing: There is one already, and nothing may be replaced.
        """
        _check_size(content, limit)
        work = partial(contents.write, content=content, replaces=replaces)
        await self._do(path, work, make=makes)

    async def append(self, path: str, content: bytes, *, limit: int, makes: bool = True) -> None:
        """Add to the end of a file, which has at most `limit` bytes then.

        Args:
            makes: Whether the file, and folders on the way, are made if there are none.
        """
        _check_size(content, limit)
        work = partial(contents.append, content=content, limit=limit, makes=makes)
        await self._do(path, work, make=makes)

    async def list(self, path: str, glob: str | None = None, *, limit: int) -> list[Entry]:
        """What lies in a folder; with a glob, all that fits it below the folder. More than `limit` is an error."""
        wanted = EVERYTHING if glob is None else pattern(glob)
        return await self._do(path, partial(entries, pattern=wanted, limit=limit), root=True)

    async def stat(self, path: str) -> Entry:
        """The record of a file, a folder, or whatever it is."""
        return await self._do(path, lambda place: entry(place.shown, place.status()), root=True)

    async def delete(self, path: str) -> None:
        """Remove a file, or an empty folder."""
        await self._do(path, contents.delete)

    async def aclose(self) -> None:
        """Nothing stays open between calls."""

    async def _do(
        self, path: str, work: Callable[[Place], T], *, make: bool = False, root: bool = False
    ) -> T:
        found = names(path)
        if not (found or root):
            raise BackendError(f"the path {path!r} names no file")
        return await anyio.to_thread.run_sync(self._work, path, found, work, make)

    def _work(self, path: str, found: Sequence[str], work: Callable[[Place], T], make: bool) -> T:
        try:
            with reached(self._root, found, make=make) as place:
                return work(place)
        except OSError as error:
            raise failure(error, path) from error


def utf8(text: str) -> bytes:
    """What is written of a text. Raises `BackendError` if it is no Unicode text."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise BackendError("the content is no Unicode text") from None


def unbase64(text: str) -> bytes:
    """What is written of a text in base64 (RFC 4648, section 4). Raises `BackendError` if it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BackendError("the content is no base64") from None


def _check_size(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise BackendError(f"the content has more than the {limit} bytes that are allowed")
