"""A database as bound operations use it: a method for each shape of an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Protocol, TypeAlias

import anyio

from ..bound.declared import declared
from ..bound.values import sent
from ..server.settings import SettingsError
from ..shared.failure import BackendError, DeclaredError
from ..shared.model import Json, Unset
from .postgresql import PostgreSql
from .query import Conflict, Fetched, Query
from .rows import Kind, records, to_json
from .sqlite import Sqlite
from .statement import statement

CONNECTIONS = 10
"""How many statements run at once; the others wait."""

ROWS = 1000
"""How many rows are read at most, if nothing else is said."""

Values: TypeAlias = Mapping[str, object]
Error: TypeAlias = type[DeclaredError]
NOTHING: Values = MappingProxyType({})


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
    written into it. Rows are JSON objects.

    Every method takes:
        kinds: What columns hold that a database cannot say itself, by name; `kind` of the only one.
        optional: The columns that are left out where they are NULL.
        missing: The error if there is no row, or none that is changed; without it, there is `None`, or with `needed` a `BackendError`.
        conflict: The error if a value that must be unique is there already, or a row that is referred to is not.

    Every method raises:
        BackendError: The database cannot be reached, refuses the statement, or answers with what is not wanted.
    """

    def __init__(self, url: str | Unset) -> None:
        """Nothing is opened before the first statement.

        Args:
            url: `sqlite:notes.db`, `sqlite::memory:`, or `postgresql://user@host/name`.

        Raises:
            SettingsError: It is none of these.
        """
        try:
            self._driver = _driver("" if isinstance(url, Unset) else url)
        except ValueError as error:
            # Without the URL itself: it may hold a password.
            raise SettingsError((f"- {error}",)) from None
        self._threads: anyio.CapacityLimiter | None = None

    async def many(
        self,
        text: str,
        values: Values = NOTHING,
        *,
        limit: int = ROWS,
        writes: bool = False,
        kinds: Mapping[str, Kind] | None = None,
        optional: Collection[str] = (),
        conflict: Error | None = None,
    ) -> list[Json]:
        """All rows; more than `limit` are an error."""
        fetched = await self._execute(text, values, writes, limit, conflict)
        if len(fetched.rows) > limit:
            raise BackendError(f"there are more than {limit} rows: ask for less")
        return [*records(fetched, kinds or {}, optional)]

    async def one(
        self,
        text: str,
        values: Values = NOTHING,
        *,
        writes: bool = False,
        kinds: Mapping[str, Kind] | None = None,
        optional: Collection[str] = (),
        needed: bool = False,
        missing: Error | None = None,
        conflict: Error | None = None,
    ) -> dict[str, Json] | None:
        """The only row."""
        fetched = await self._only(text, values, writes, conflict)
        if not fetched.rows:
            _refuse_nothing(values, needed, missing)
            return None
        return records(fetched, kinds or {}, optional)[0]

    async def value(
        self,
        text: str,
        values: Values = NOTHING,
        *,
        writes: bool = False,
        kind: Kind | None = None,
        needed: bool = False,
        missing: Error | None = None,
        conflict: Error | None = None,
    ) -> Json:
        """The first column of the only row."""
        fetched = await self._only(text, values, writes, conflict)
        if not fetched.rows:
            _refuse_nothing(values, needed, missing)
            return None
        return to_json(fetched.columns[0], fetched.rows[0][0], kind)

    async def count(
        self,
        text: str,
        values: Values = NOTHING,
        *,
        writes: bool = False,
        missing: Error | None = None,
        conflict: Error | None = None,
    ) -> int:
        """How many rows were inserted, updated or deleted; with `missing`, at least one."""
        changed = (await self._execute(text, values, writes, None, conflict)).changed
        if not changed:
            _refuse_nothing(values, False, missing)
        return changed

    async def run(
        self,
        text: str,
        values: Values = NOTHING,
        *,
        writes: bool = False,
        missing: Error | None = None,
        conflict: Error | None = None,
    ) -> None:
        """Nothing comes back; with `missing`, at least one row was inserted, updated or deleted."""
        await self.count(text, values, writes=writes, missing=missing, conflict=conflict)

    async def aclose(self) -> None:
        """Close all connections; what is in memory is lost."""
        await self._driver.aclose()

    async def _only(
        self, text: str, values: Values, writes: bool, conflict: Error | None
    ) -> Fetched:
        fetched = await self._execute(text, values, writes, 1, conflict)
        if len(fetched.rows) > 1:
            raise BackendError("there is more than one row")
        return fetched

    async def _execute(
        self, text: str, values: Values, writes: bool, most: int | None, conflict: Error | None
    ) -> Fetched:
        # Made here, because it belongs to the event loop.
        self._threads = self._threads or anyio.CapacityLimiter(CONNECTIONS)
        bound = {name: _bindable(name, value) for name, value in values.items()}
        query = Query(statement(text), bound, writes, most)
        try:
            return await self._driver.execute(query, self._threads)
        except Conflict as error:
            if conflict is None:
                raise
            raise _told(conflict, values) from error


def _refuse_nothing(values: Values, needed: bool, missing: Error | None) -> None:
    if missing is not None:
        raise _told(missing, values)
    if needed:
        raise BackendError("there is no such row")


def _told(kind: Error, values: Values) -> Exception:
    """The declared error; if it carries data, then what was looked for under the same name."""
    data = {name: _bindable(name, value) for name, value in values.items()}
    return declared(kind, "", data, only_known=True)


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
    raise ValueError("a database URL starts with sqlite: or postgresql:")
