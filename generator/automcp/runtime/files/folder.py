"""A folder as bound operations use it: nothing that they do leaves it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias, TypeVar

import anyio.to_thread

from ..bound.declared import declared
from ..server.settings import SettingsError
from ..shared.failure import BackendError, DeclaredError
from ..shared.model import Json, Unset
from . import content as contents
from .entries import Entry, entries, entry
from .failure import Existing, Missing, failure
from .path import names
from .pattern import EVERYTHING
from .pattern import pattern as read_pattern
from .place import Place, reached

BYTES = 1_000_000
"""How many bytes are read or written at most, if nothing else is said."""

ENTRIES = 1000
"""How many entries are listed at most, if nothing else is said."""

T = TypeVar("T")
Error: TypeAlias = type[DeclaredError]


class Folder:
    """A folder, and what is below it. Paths are relative to it, with `/` between names; links are not followed.

    Every method takes:
        missing: The error if there is no such file or folder; a `BackendError` without it. With it, nothing is
            made on the way to what is written.
        exists: The error if there is such a file already; without it, it is replaced.

    Every method raises:
        BackendError: The path leads out of the folder, or to a link or a device; or something else went wrong.
    """

    def __init__(self, root: str | Unset) -> None:
        """Nothing is opened before the first call.

        Args:
            root: The folder's path; a relative one counts from the working folder.

        Raises:
            SettingsError: It is empty, or no path that a folder can have.
        """
        if isinstance(root, Unset) or not root or "\0" in root:
            raise SettingsError(("- the folder of files has no path",))
        self._root = root

    async def read(
        self, path: str | Unset, *, limit: int = BYTES, missing: Error | None = None
    ) -> str:
        """A file of UTF-8 text of at most `limit` bytes."""
        found = await self._do(path, partial(contents.read, limit=limit), missing)
        try:
            return found.decode()
        except UnicodeDecodeError as error:
            raise BackendError(f"{path!r} is no UTF-8 text") from error

    async def read_base64(
        self, path: str | Unset, *, limit: int = BYTES, missing: Error | None = None
    ) -> str:
        """A file of at most `limit` bytes, as base64."""
        found = await self._do(path, partial(contents.read, limit=limit), missing)
        return base64.b64encode(found).decode("ascii")

    async def write(
        self,
        path: str | Unset,
        content: str | Unset,
        *,
        binary: bool = False,
        limit: int = BYTES,
        missing: Error | None = None,
        exists: Error | None = None,
    ) -> None:
        """Put a file there whole, or not at all.

        Args:
            binary: Whether the content is base64 of what is written.
        """
        written = _bytes(content, binary, limit)
        work = partial(contents.write, content=written, replaces=exists is None)
        await self._do(path, work, missing, exists, make=missing is None)

    async def append(
        self,
        path: str | Unset,
        content: str | Unset,
        *,
        binary: bool = False,
        limit: int = BYTES,
        missing: Error | None = None,
    ) -> None:
        """Add to the end of a file, which has at most `limit` bytes then; without `missing`, it is made."""
        written, makes = _bytes(content, binary, limit), missing is None
        work = partial(contents.append, content=written, limit=limit, makes=makes)
        await self._do(path, work, missing, make=makes)

    async def list(
        self,
        path: str | Unset,
        pattern: str | Unset | None = None,
        *,
        limit: int = ENTRIES,
        missing: Error | None = None,
    ) -> list[Json]:
        """What lies in a folder, as records (`entry`); more than `limit` is an error.

        Args:
            pattern: A glob: then all that fits it below the folder.
        """
        wanted = read_pattern(pattern) if isinstance(pattern, str) else EVERYTHING
        work = partial(entries, pattern=wanted, limit=limit)
        return [*await self._do(path, work, missing, root=True)]

    async def stat(self, path: str | Unset, *, missing: Error | None = None) -> Entry:
        """The record of a file, a folder, or whatever it is."""
        return await self._do(path, _status, missing, root=True)

    async def delete(self, path: str | Unset, *, missing: Error | None = None) -> None:
        """Remove a file, or an empty folder."""
        await self._do(path, contents.delete, missing)

    async def aclose(self) -> None:
        """Nothing stays open between calls."""

    async def _do(
        self,
        path: str | Unset,
        work: Callable[[Place], T],
        missing: Error | None = None,
        exists: Error | None = None,
        *,
        make: bool = False,
        root: bool = False,
    ) -> T:
        if isinstance(path, Unset):
            raise BackendError("there is no path")
        found = names(path)
        if not (found or root):
            raise BackendError(f"the path {path!r} names no file")
        try:
            return await anyio.to_thread.run_sync(self._work, path, found, work, make)
        except (Missing, Existing) as error:
            kind = missing if isinstance(error, Missing) else exists
            if kind is None:
                raise
            raise declared(kind, "", {"path": path}, only_known=True) from error

    def _work(self, path: str, found: Sequence[str], work: Callable[[Place], T], make: bool) -> T:
        try:
            with reached(self._root, found, make=make) as place:
                return work(place)
        except OSError as error:
            raise failure(error, path) from error


def _status(place: Place) -> Entry:
    return entry(place.shown, place.status())


def _bytes(content: str | Unset, binary: bool, limit: int) -> bytes:
    """What is written of a text, or of base64 (RFC 4648, section 4)."""
    if isinstance(content, Unset):
        raise BackendError("there is no content")
    try:
        written = base64.b64decode(content, validate=True) if binary else content.encode()
    except ValueError:
        kind = "base64" if binary else "Unicode text"
        raise BackendError(f"the content is no {kind}") from None
    if len(written) > limit:
        raise BackendError(f"the content has more than the {limit} bytes that are allowed")
    return written
