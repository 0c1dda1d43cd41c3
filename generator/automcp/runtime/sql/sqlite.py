"""SQLite: a connection for each statement, with no more rights than it needs."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio import from_thread

from ..shared.failure import BackendError
from ..shared.model import Json
from .query import Conflict, Fetched, Query
from .sqlite_rights import rights

T = TypeVar("T")
logger = logging.getLogger(__name__)

LOCK_PATIENCE = 30
"""Seconds that a statement waits for those of other processes."""

_STEPS_BETWEEN_LOOKS = 10_000
"""Of SQLite's virtual machine, between two looks at whether the call was cancelled: about 0.2 ms."""

_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CONFLICTS = (
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
)


class Sqlite:
    """One database file, or one in memory (`sqlite::memory:`), which lasts until it is closed.

    Opening a connection takes 0.06 ms, less than a pool would be worth: nothing is left behind by the statement
    before, and a file that was replaced is seen at once.
    """

    def __init__(self, url: str) -> None:
        """Raises `ValueError` if the URL names no file."""
        path, self._mode = _place(url)
        # Connections of this process share what lies under a name of this file system of SQLite's.
        memory = f"file:/{secrets.token_hex(16)}?vfs=memdb"
        self._path = path
        self._uri = f"{path.absolute().as_uri()}?mode=" if path else f"{memory}&mode="
        self._kept: sqlite3.Connection | None = None
        self._keeping = threading.Lock()
        self._writers = anyio.Lock()

    async def execute(self, query: Query, threads: anyio.CapacityLimiter) -> Fetched:
        """Run a statement in a transaction of its own.

        Raises:
            Conflict: It breaks a constraint of uniqueness, or a reference.
            BackendError: It failed otherwise.
        """
        # SQLite has one writer at a time: those of this process queue here, in order, and hold no thread.
        async with self._writers if query.writes else nullcontext():
            given_up = threading.Event()
            try:
                work = partial(self._run, query, given_up)
                return await anyio.to_thread.run_sync(work, limiter=threads)
            finally:
                # A task that asyncio itself cancels does not wait for its thread.
                given_up.set()

    async def aclose(self) -> None:
        """Let go of what is in memory."""
        kept, self._kept = self._kept, None
        if kept:
            kept.close()

    def _run(self, query: Query, given_up: threading.Event) -> Fetched:
        def check() -> None:
            from_thread.check_cancelled()
            if given_up.is_set():
                raise BackendError("the call was cancelled")

        try:
            with closing(self._open(query.writes)) as connection:
                connection.set_progress_handler(check, _STEPS_BETWEEN_LOOKS)
                return _transact(connection, query, check)
        except sqlite3.Error as error:
            raise _failure(error) from error

    def _open(self, writes: bool) -> sqlite3.Connection:
        with self._keeping:
            if self._path is None and self._kept is None:
                self._kept = self._connected("rwc")
        connection = self._connected(self._mode if writes else "ro")
        connection.execute("PRAGMA foreign_keys = ON")
        if not writes:
            connection.execute("PRAGMA query_only = ON")
        return connection

    def _connected(self, mode: str) -> sqlite3.Connection:
        try:
            return sqlite3.connect(
                f"{self._uri}{mode}",
                uri=True,
                timeout=0.05,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.OperationalError as error:
            raise self._unopened(error) from error

    def _unopened(self, error: sqlite3.Error) -> BackendError:
        """What is told of a file, as the settings name it; the log has the whole path."""
        if self._path is None:
            return BackendError(f"the database cannot be opened: {error}")
        logger.warning("cannot open %s: %s", self._path.absolute(), error)
        reason = error if self._path.exists() else "there is no such file"
        return BackendError(f"the database {str(self._path)!r} cannot be opened: {reason}")


def _transact(connection: sqlite3.Connection, query: Query, check: Callable[[], None]) -> Fetched:
    """What is not committed when the connection closes is undone.

    Args:
        check: Raises if the call was cancelled.
    """
    begin = "BEGIN IMMEDIATE" if query.writes else "BEGIN"
    _patiently(lambda: connection.execute(begin), check)
    # What a statement may do is settled when it is compiled: transactions are ours alone.
    connection.set_authorizer(rights)
    fetched = _patiently(lambda: _fetched(connection, query), check)
    connection.set_authorizer(None)
    check()
    _patiently(connection.commit, check)
    return fetched


def _fetched(connection: sqlite3.Connection, query: Query) -> Fetched:
    values = {name: _bound(name, value) for name, value in query.values.items()}
    with closing(connection.execute(query.statement.text, values)) as cursor:
        columns = [column[0] for column in cursor.description or ()]
        if query.most is None:
            for _ in cursor:
                pass
            return Fetched(columns, changed=max(cursor.rowcount, 0))
        if not columns:
            raise BackendError("the statement gives no rows")
        return Fetched(columns, cursor.fetchmany(query.most + 1))


def _bound(name: str, value: Json) -> bool | int | float | str | None:
    """Lists and objects go over as JSON text: `IN (SELECT value FROM json_each(:ids))`."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise BackendError(f"the value of {name!r} is too big for SQLite, which has 64 bits")
    return value


def _patiently(work: Callable[[], T], check: Callable[[], None]) -> T:
    """Waits while another process has the lock, and ends at once if the call is cancelled."""
    for pause in _pauses():
        try:
            return work()
        except sqlite3.OperationalError as error:
            code = _code(error) & 0xFF
            if code == sqlite3.SQLITE_INTERRUPT:
                check()
            if code not in _LOCKED:
                raise
        check()
        sleep(pause)
    raise BackendError("the database is locked by others", retryable=True)


def _pauses() -> Iterator[float]:
    end, pause = monotonic() + LOCK_PATIENCE, 0.002
    while monotonic() < end:
        yield pause
        pause = min(2 * pause, 0.05)


def _failure(error: sqlite3.Error) -> BackendError:
    kind = Conflict if _code(error) in _CONFLICTS else BackendError
    return kind(f"the database refused: {error}")


def _code(error: sqlite3.Error) -> int:
    # What the driver refuses itself has none.
    return getattr(error, "sqlite_errorcode", 0)


_MODE = re.compile(r"(?P<path>.*)\?mode=(?P<mode>ro|rw|rwc)", re.DOTALL)


def _place(url: str) -> tuple[Path | None, str]:
    """The file that a URL names (`None`: memory), and how it is opened by what writes.

    `sqlite:notes.db` and `sqlite:///notes.db` are relative, `sqlite:/srv/notes.db` and `sqlite:////srv/notes.db`
    (as SQLAlchemy has it) absolute. With `?mode=rwc` a file that is not there is made.
    """
    rest = url.removeprefix("sqlite:")
    found = _MODE.fullmatch(rest)
    rest, mode = (found["path"], found["mode"]) if found else (rest, "rw")
    if rest.startswith("//"):
        if rest not in ("//", "///") and not rest.startswith("///"):
            raise ValueError("a SQLite URL has three or four slashes, or none: sqlite:///notes.db")
        rest = rest[3:]
    return (None, "rwc") if rest in ("", ":memory:") else (Path(rest), mode)
