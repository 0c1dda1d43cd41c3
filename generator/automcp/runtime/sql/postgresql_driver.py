"""What is used of psycopg 3, the driver for PostgreSQL, which is there only if it was asked for."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Generator, Sequence
from typing import Any, Protocol, cast

from ..shared.failure import BackendError
from .query import Conflict

logger = logging.getLogger(__name__)

_CONFLICTS = ("23503", "23505", "23P01")
"""SQLSTATE: a foreign key, uniqueness, an exclusion constraint."""

_PASSING = ("40", "53", "57P", "55P03")
"""How the SQLSTATEs begin that a repeated call may not meet: deadlocks, too many connections, restarts, locks."""

_RANGES = ("int4", "int8", "num", "date", "ts", "tstz")
_AS_TEXT = (
    "interval",
    "money",
    *(f"{of}{kind}" for of in _RANGES for kind in ("range", "multirange")),
)
"""The types that stay as the database spells them: Python would change them, or has none."""


class Cursor(Protocol):
    """One statement's."""

    @property
    def description(self) -> Sequence[Any] | None: ...
    @property
    def rowcount(self) -> int: ...
    def execute(self, query: str, params: Sequence[object]) -> object: ...
    def stream(
        self, query: str, params: Sequence[object]
    ) -> Generator[Sequence[object], None, None]: ...
    def close(self) -> None: ...


class Connection(Protocol):
    """One session."""

    @property
    def closed(self) -> bool: ...
    @property
    def info(self) -> Any: ...
    @property
    def adapters(self) -> Any: ...
    def cursor(self) -> Cursor: ...
    def execute(self, query: str) -> object: ...
    def cancel_safe(self, *, timeout: float) -> None: ...
    def close(self) -> None: ...


def connect(url: str) -> Connection:
    """Connect. What the URL says itself goes before what is said here.

    Raises:
        BackendError: The database cannot be reached, or the driver is not there.
    """
    psycopg = _psycopg()
    try:
        said = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        # The reason repeats the URL, which may hold a password.
        raise BackendError("the database's URL is none that PostgreSQL knows") from None
    ours = {"connect_timeout": 10, "application_name": "automcp", "client_encoding": "utf8"}
    try:
        connection = cast(
            "Connection",
            psycopg.connect(
                autocommit=True,
                # Poolers in front of a database know no prepared statements.
                prepare_threshold=None,
                cursor_factory=psycopg.RawCursor,
                **{**ours, **said},
            ),
        )
    except psycopg.Error as error:
        logger.warning("cannot connect to PostgreSQL: %s", error)
        raise BackendError("the database cannot be reached", retryable=True) from error
    for name in _AS_TEXT:
        connection.adapters.register_loader(name, _types("string").TextLoader)
    connection.execute("SET intervalstyle = iso_8601")
    return connection


def failure(error: Exception, *, repeatable: bool) -> Exception:
    """What to say of `error`.

    Args:
        repeatable: Whether the statement may be sent again without knowing what became of it.
    """
    psycopg = _psycopg()
    if not isinstance(error, psycopg.Error):
        return error
    said: Any = error
    state: str = said.sqlstate or ""
    # Of a lost connection the server cannot say anything any more.
    reason = ". ".join(filter(None, (said.diag.message_primary, said.diag.message_detail)))
    if not reason and isinstance(error, psycopg.OperationalError):
        logger.warning("the connection to PostgreSQL was lost: %s", error)
        return BackendError("the connection to the database was lost", retryable=repeatable)
    kind = Conflict if state in _CONFLICTS else BackendError
    return kind(f"the database refused: {reason or error}", retryable=state.startswith(_PASSING))


def broken(error: Exception) -> bool:
    """Whether `error` says that a connection cannot be used any more."""
    return isinstance(error, _psycopg().OperationalError)


def unused(connection: Connection) -> bool:
    """Whether a connection is open, and in no transaction."""
    return not connection.closed and connection.info.transaction_status == 0


def jsonb(value: object) -> object:
    """`value` as the driver takes `jsonb`."""
    return _types("json").Jsonb(value)


def _psycopg() -> Any:
    # By name, so that type checkers are content without it.
    try:
        return importlib.import_module("psycopg")
    except ImportError as error:
        logger.warning("cannot import psycopg: %s", error)
        raise BackendError(
            "the server lacks psycopg, which PostgreSQL needs: install it with its extra `postgresql`"
        ) from None


def _types(name: str) -> Any:
    return importlib.import_module(f"psycopg.types.{name}")
