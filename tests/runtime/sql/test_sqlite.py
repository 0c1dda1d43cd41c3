"""SQLite: where files are, what may not be reached, what its columns mean, and locks of others."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.runtime.server.settings import SettingsError
from automcp.runtime.shared.failure import BackendError
from automcp.runtime.sql import sqlite as module
from automcp.runtime.sql.database import Database
from automcp.runtime.sql.rows import Kind


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in the working folder."""
    monkeypatch.chdir(tmp_path)
    made = sqlite3.connect(tmp_path / "notes.db")
    made.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT)")
    made.execute("INSERT INTO notes VALUES (1, 'tea')")
    made.commit()
    made.close()
    return tmp_path / "notes.db"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:notes.db",
        "sqlite:./notes.db",
        "sqlite:///notes.db",
        "sqlite:///./notes.db",
        "sqlite:{folder}/notes.db",
        "sqlite:///{folder}/notes.db",
        "sqlite:notes.db?mode=rw",
    ],
)
async def test_a_file_is_named_as_elsewhere(file: Path, url: str) -> None:
    database = Database(url.format(folder=file.parent))
    assert await database.value("SELECT title FROM notes", {}) == "tea"


@pytest.mark.parametrize("url", ["sqlite::memory:", "sqlite://", "sqlite:///:memory:", "sqlite:"])
async def test_memory_is_shared_by_all_statements_of_one_database(file: Path, url: str) -> None:
    one, other = Database(url), Database(url)
    await one.count("CREATE TABLE notes (id INTEGER)", {}, writes=True)
    assert await one.value("SELECT count(*) FROM notes", {}) == 0
    with pytest.raises(BackendError, match="no such table"):
        await other.value("SELECT count(*) FROM notes", {})
    assert [one.name for one in file.parent.iterdir()] == ["notes.db"]
    await one.aclose()
    await other.aclose()


@pytest.mark.parametrize(
    "url", ["notes.db", "mysql://host/x", "sqlite://host/notes.db", "", "file:notes.db"]
)
def test_other_urls_are_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="URL") as caught:
        Database(url)
    assert "host" not in str(caught.value)


async def test_a_file_that_is_not_there_is_not_made_unless_asked_for(file: Path) -> None:
    create = "CREATE TABLE IF NOT EXISTS notes (id INTEGER)"
    for writes in (False, True):
        with pytest.raises(
            BackendError, match=r"^the database 'new.db' cannot be opened: there is no such file$"
        ):
            await Database("sqlite:new.db").count(create, {}, writes=writes)
    with pytest.raises(BackendError, match="cannot be opened"):
        await Database("sqlite:new.db?mode=rwc").count(create, {})
    assert [one.name for one in file.parent.iterdir()] == ["notes.db"]
    await Database("sqlite:new.db?mode=rwc").count(create, {}, writes=True)
    assert (file.parent / "new.db").is_file()


async def test_a_read_only_database_stays_as_it_is(file: Path) -> None:
    with pytest.raises(BackendError, match="readonly"):
        await Database("sqlite:notes.db?mode=ro").count("DELETE FROM notes", {}, writes=True)


async def test_what_is_no_database_is_an_error(file: Path) -> None:
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(BackendError, match=r"^the database refused: file is not a database$"):
        await Database("sqlite:notes.db").value("SELECT 1 FROM notes", {})


@pytest.mark.parametrize("writes", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "ATTACH 'other.db' AS other",
        "DETACH main",
        "PRAGMA query_only = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('evil')",
        "SELECT LOAD_EXTENSION('evil')",
        "COMMIT",
        "ROLLBACK",
        "END",
        "BEGIN",
        "BEGIN IMMEDIATE",
        "SAVEPOINT a",
        "VACUUM INTO 'other.db'",
        "SELECT * FROM pragma_journal_mode",
    ],
)
async def test_nothing_but_this_database_is_in_reach(file: Path, text: str, writes: bool) -> None:
    with pytest.raises(BackendError, match=r"^the database refused: "):
        await Database("sqlite:notes.db").count(text, {}, writes=writes)
    assert [one.name for one in file.parent.iterdir()] == ["notes.db"]


async def test_full_text_search_and_questions_about_tables_work(file: Path) -> None:
    database = Database("sqlite:notes.db")
    await database.count("CREATE VIRTUAL TABLE found USING fts5(title)", {}, writes=True)
    await database.count("INSERT INTO found SELECT title FROM notes", {}, writes=True)
    rows = await database.many(
        "SELECT title, bm25(found) < 0 AS good FROM found WHERE found MATCH :text",
        {"text": "tea"},
        limit=9,
    )
    assert rows == [{"title": "tea", "good": 1}]
    names = await database.many("SELECT name FROM pragma_table_info('notes')", {}, limit=9)
    assert names == [{"name": "id"}, {"name": "title"}]


async def test_a_database_with_a_log_beside_it_is_read_and_written(file: Path) -> None:
    made = sqlite3.connect(file)
    made.execute("PRAGMA journal_mode = WAL")
    made.close()
    database = Database("sqlite:notes.db")
    assert await database.value("SELECT count(*) FROM notes", {}) == 1
    await database.count("INSERT INTO notes VALUES (2, 'milk')", {}, writes=True)
    assert await database.value("SELECT count(*) FROM notes", {}) == 2


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("1", None, 1),
        ("1", "boolean", True),
        ("0", "boolean", False),
        ("NULL", "boolean", None),
        ("2", "boolean", 2),
        ("1.0", "boolean", 1.0),
        ("1.5", None, 1.5),
        ("9223372036854775807", None, 2**63 - 1),
        ("'a'", None, "a"),
        ("x'00ff'", None, "AP8="),
        ("'[1,{\"a\":null}]'", "json", [1, {"a": None}]),
        ("'[1]'", None, "[1]"),
        ("NULL", "json", None),
    ],
)
async def test_values(expression: str, kind: Kind | None, value: Any) -> None:
    database = Database("sqlite::memory:")
    found = await database.value(f"SELECT {expression}", {}, kind=kind)
    assert found == value and type(found) is type(value)
    kinds: Mapping[str, Kind] = {"x": kind} if kind else {}
    assert await database.one(f"SELECT {expression} AS x", {}, kinds=kinds) == {"x": value}
    await database.aclose()


@pytest.mark.parametrize(
    ("expression", "kind", "problem"),
    [
        ("'{'", "json", "the column 'x' holds no JSON"),
        ("1e999", None, "the column 'x' is inf, which is no JSON number"),
        ("CAST(x'ff' AS TEXT)", None, "the database refused: Could not decode to UTF-8"),
    ],
)
async def test_what_is_no_json(expression: str, kind: Kind | None, problem: str) -> None:
    database = Database("sqlite::memory:")
    with pytest.raises(BackendError, match=problem):
        await database.value(f"SELECT {expression} AS x", {}, kind=kind)
    await database.aclose()


@pytest.mark.parametrize(
    ("value", "back"),
    [
        (True, 1),
        (-(2**63), -(2**63)),
        (0.1, 0.1),
        (None, None),
        ([1, "a", None], '[1, "a", null]'),
        ({"größe": [1]}, '{"größe": [1]}'),
    ],
)
async def test_bound_values(value: object, back: object) -> None:
    database = Database("sqlite::memory:")
    assert await database.value("SELECT :x", {"x": value}) == back
    with pytest.raises(BackendError, match="'x' is too big for SQLite"):
        await database.value("SELECT :x", {"x": 2**63})
    await database.aclose()


async def test_a_list_is_searched_as_json(file: Path) -> None:
    text = "SELECT title FROM notes WHERE id IN (SELECT value FROM json_each(:ids))"
    database = Database("sqlite:notes.db")
    assert await database.many(text, {"ids": [1, 5]}, limit=9) == [{"title": "tea"}]
    assert await database.many(text, {"ids": []}, limit=9) == []


async def test_what_another_process_locks_is_waited_for(file: Path) -> None:
    database = Database("sqlite:notes.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ended: list[str] = []

    async def call(text: str, writes: bool) -> None:
        await database.count(text, {}, writes=writes)
        ended.append(text)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call, "SELECT * FROM notes", False)
        tasks.start_soon(call, "INSERT INTO notes VALUES (2, 'milk')", True)
        await anyio.sleep(0.3)
        assert ended == []
        other.execute("COMMIT")
    assert len(ended) == 2
    other.close()


async def test_waiting_for_a_lock_ends_with_the_call_or_with_patience(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database("sqlite:notes.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with anyio.fail_after(5), anyio.move_on_after(0.1) as scope:
        await database.count("DELETE FROM notes", {}, writes=True)
    assert scope.cancelled_caught
    monkeypatch.setattr(module, "LOCK_PATIENCE", 0.2)
    with pytest.raises(BackendError, match=r"^the database is locked by others$") as caught:
        await database.count("DELETE FROM notes", {}, writes=True)
    assert caught.value.retryable
    other.close()


async def test_a_thousand_statements_leave_no_files_open(file: Path) -> None:
    database, memory = Database("sqlite:notes.db"), Database("sqlite://")
    before = open_files()
    for at in range(500):
        await database.value("SELECT title FROM notes WHERE id = :id", {"id": at})
        with pytest.raises(BackendError):
            await database.count("INSERT INTO notes VALUES (1, 'x')", {}, writes=True)
        await memory.value("SELECT 1", {})
    await memory.aclose()
    assert open_files() <= before


def open_files() -> int:
    """How many this process has; 0 where it cannot be told."""
    folder = Path("/proc/self/fd")
    return len([*folder.iterdir()]) if folder.exists() else 0
