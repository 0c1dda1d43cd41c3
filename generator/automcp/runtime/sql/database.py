"""A database as bound operations use it: a method for each shape of an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import anyio

from ..bound.values import sent
from ..shared.failure import BackendError
from ..shared.model import UNSET, Json, Unset
from .postgresql import PostgreSql
from .query import Fetched, Query
from .rows import Kind, records, to_json
from .sqlite import Sqlite
from .statement import statement

CONNECTIONS = 10
"""How many statements run at once; the others wait."""


class Driver(Protocol):
    """What runs statements of one kind of database."""

    async def execute(self, query: Query, threads: anyio.CapacityLimiter) -> Fetched:
        """Run a statement in a transaction of its own, in one of the threads that `threads` allows."""
        ...

    async def aclose(self) -> None:
        """Close what is open."""
        ...


class Database:
    """A SQLite or PostgreSQL database.

    Each statement is a transaction: committed when it has come to its end, undone if it fails or its call is
    cancelled. Without `writes` it can change nothing. Values are JSON, bound to the statement's `:names`, never
    written into it. Rows are JSON objects; what is `optional` in them is left out where it is NULL.

    Every method raises:
        Conflict: A value that must be unique is there already, or a row that is referred to is not there.
        BackendError: The database cannot be reached, refuses the statement, or answers with what is not wanted.
    """

    def __init__(self, url: str) -> None:
        """Nothing is opened before the first statement.

        Args:
            url: `sqlite:notes.db`, `sqlite::memory:`, or `postgresql://user@host/name`.

        Raises:
            ValueError: It is none of these.
        """
        self._driver = _driver(url)
        self._threads: anyio.CapacityLimiter | None = None

    async def many(
        self,
        text: str,
        values: Mapping[str, object],
        *,
        limit: int,
        writes: bool = False,
        kinds: Mapping[str, Kind] | None = None,
        optional: Collection[str] = (),
    ) -> list[Json]:
        """All rows; more than `limit` are an error."""
        fetched = await self._execute(text, values, writes, limit)
        if len(fetched.rows) > limit:
            raise BackendError(f"there are more than {limit} rows: ask for less")
        return [*records(fetched, kinds or {}, optional)]

    async def one(
        self,
        text: str,
        values: Mapping[str, object],
        *,
        writes: bool = False,
        kinds: Mapping[str, Kind] | None = None,
        optional: Collection[str] = (),
    ) -> dict[str, Json] | None:
        """The only row; `None` if there is none."""
        fetched = await self._only(text, values, writes)
        rows = records(fetched, kinds or {}, optional)
        return rows[0] if rows else None

    async def value(
        self,
        text: str,
        values: Mapping[str, object],
        *,
        writes: bool = False,
        kind: Kind | None = None,
    ) -> Json | Unset:
        """The first column of the only row; `UNSET` if there is none."""
        fetched = await self._only(text, values, writes)
        return to_json(fetched.columns[0], fetched.rows[0][0], kind) if fetched.rows else UNSET

    async def count(self, text: str, values: Mapping[str, object], *, writes: bool = False) -> int:
        """How many rows were inserted, updated or deleted."""
        return (await self._execute(text, values, writes, None)).changed

    async def aclose(self) -> None:
        """Close all connections; what is in memory is lost."""
        await self._driver.aclose()

    async def _only(self, text: str, values: Mapping[str, object], writes: bool) -> Fetched:
        fetched = await self._execute(text, values, writes, 1)
        if len(fetched.rows) > 1:
            raise BackendError("there is more than one row")
        return fetched

    async def _execute(
        self, text: str, values: Mapping[str, object], writes: bool, most: int | None
    ) -> Fetched:
        # Made here, because it belongs to the event loop.
        self._threads = self._threads or anyio.CapacityLimiter(CONNECTIONS)
        bound = {name: _bindable(name, value) for name, value in values.items()}
        return await self._driver.execute(
            Query(statement(text), bound, writes, most), self._threads
        )


def _bindable(name: str, value: object) -> Json:
    """What was not sent is NULL."""
    try:
        plain = sent(value)
    except (TypeError, ValueError) as error:
        raise BackendError(f"{name}: {error}") from None
    return None if isinstance(plain, Unset) else plain


def _driver(url: str) -> Driver:
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return Sqlite(url)
    if scheme in ("postgresql", "postgres"):
        return PostgreSql(url)
    # Not the URL itself: it may hold a password.
    raise ValueError("a database URL starts with sqlite: or postgresql://")
