"""PostgreSQL: a few connections that are opened when they are needed, and used again."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import islice

import anyio
import anyio.to_thread

from ..shared.failure import BackendError
from ..shared.model import Json
from .postgresql_driver import Connection, broken, connect, failure, jsonb, unused
from .query import Fetched, Query

_GRACE = 2
"""Seconds that a cancelled statement has to end; then its thread ends it alone."""


class PostgreSql:
    """One PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: list[Connection] = []
        self._closings = 0
        self._lock = threading.Lock()

    async def execute(self, query: Query, threads: anyio.CapacityLimiter) -> Fetched:
        """Run a statement in a transaction of its own.

        Raises:
            Conflict: It breaks a constraint of uniqueness, or a reference.
            BackendError: It failed otherwise.
        """
        run = _Run(self, query)
        try:
            # A driver with threads of ours, because the asynchronous one knows not every event loop (Windows).
            return await anyio.to_thread.run_sync(run.work, limiter=threads, abandon_on_cancel=True)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True), anyio.move_on_after(_GRACE):
                await run.stop()
            raise

    async def aclose(self) -> None:
        """Close all connections; those in use are closed when they are given back."""
        with self._lock:
            self._closings += 1
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def transaction(self, *, writes: bool) -> Generator[Connection]:
        """A connection with a transaction, which is committed if the block ends well."""
        closings = self._closings
        connection = self._begun("BEGIN READ WRITE" if writes else "BEGIN READ ONLY")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # Even what cannot be undone any more is not used again.
            with suppress(Exception):
                connection.execute("ROLLBACK")
            self._give_back(connection, closings)
            raise
        self._give_back(connection, closings)

    def _begun(self, begin: str) -> Connection:
        while idle := self._take():
            try:
                idle.execute(begin)
            except Exception as error:
                idle.close()
                # It lay idle for too long, or the database was started anew: nothing was asked of it yet.
                if not broken(error):
                    raise
            else:
                return idle
        connection = connect(self._url)
        connection.execute(begin)
        return connection

    def _take(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: Connection, closings: int) -> None:
        with self._lock:
            if unused(connection) and closings == self._closings:
                self._idle.append(connection)
                return
        connection.close()


class _Run:
    """One statement on its way, which can be stopped."""

    def __init__(self, database: PostgreSql, query: Query) -> None:
        self._database = database
        self._query = query
        self._connection: Connection | None = None
        self._started = False
        self._stopped = False
        self._ended = threading.Event()

    def work(self) -> Fetched:
        """Run it, in a worker thread."""
        self._started = True
        try:
            with self._database.transaction(writes=self._query.writes) as connection:
                self._connection = connection
                if self._stopped:
                    raise BackendError("the call was cancelled")
                fetched = _fetched(connection, self._query)
                if self._stopped:
                    raise BackendError("the call was cancelled")
                return fetched
        except Exception as error:
            raise failure(error, repeatable=not self._query.writes) from error
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Have the database give it up, and wait until it has."""
        self._stopped = True
        while self._started and not self._ended.is_set():
            # Asked again, because it may not have reached the database yet.
            if connection := self._connection:
                await anyio.to_thread.run_sync(_cancel, connection)
            await anyio.sleep(0.02)


def _cancel(connection: Connection) -> None:
    with suppress(Exception):
        connection.cancel_safe(timeout=1)


def _fetched(connection: Connection, query: Query) -> Fetched:
    if query.statement.several:
        raise BackendError("the database refused: there is more than one statement")
    text = query.statement.numbered
    values = [_bound(name, query.values) for name in query.statement.names]
    with closing(connection.cursor()) as cursor:
        if query.most is None:
            cursor.execute(text, values)
            return Fetched(changed=max(cursor.rowcount, 0))
        # One after the other, so that no more come than are wanted.
        with closing(cursor.stream(text, values)) as stream:
            rows = [*islice(stream, query.most + 1)]
        return Fetched([column.name for column in cursor.description or ()], rows)


def _bound(name: str, values: Mapping[str, Json]) -> object:
    """Objects go over as `jsonb`, lists as arrays: `WHERE id = ANY(:ids)`."""
    if name not in values:
        raise BackendError(f"the database refused: nothing is bound to {name!r}")
    return _native(values[name])


def _native(value: Json) -> object:
    if isinstance(value, dict):
        return jsonb(value)
    if not isinstance(value, list):
        return value
    # The items of an array have one type, and JSON's 1 and 1.5 have one, too.
    if any(isinstance(item, float) for item in value):
        return [float(item) if type(item) is int else _native(item) for item in value]
    return [_native(item) for item in value]
