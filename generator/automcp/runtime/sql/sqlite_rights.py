"""What a statement may not do to a SQLite database: asked by SQLite when it compiles one (`sqlite3_set_authorizer`)."""

from __future__ import annotations

import sqlite3

_NEVER = (
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    # Each statement has its transaction already.
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
)
_DESCRIBING = frozenset((
    "data_version", "foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_list",
    "table_xinfo",
))  # fmt: skip
"""The pragmas that only tell something; SQLite's own full text search asks for some of them."""


def rights(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    """This database, and nothing else that SQLite could reach; whether it may be changed, is the connection's affair."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _DESCRIBING else sqlite3.SQLITE_DENY
    loads = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension"
    return sqlite3.SQLITE_DENY if loads or action in _NEVER else sqlite3.SQLITE_OK
