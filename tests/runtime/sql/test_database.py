"""What holds for every database: shapes of answers, rights, transactions, errors, many calls at once."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest
from automcp.runtime.shared.failure import BackendError, DeclaredError
from automcp.runtime.shared.model import UNSET, Model
from automcp.runtime.sql.database import Database
from automcp.runtime.sql.query import Conflict


class NoteData(Model):
    id: int


class NoSuchNote(DeclaredError):
    name = "NoSuchNote"
    data: NoteData

    def __init__(self, message: str = "There is no such note.", *, data: NoteData) -> None:
        super().__init__(message, data)


class Taken(DeclaredError):
    name = "Taken"

    def __init__(self, message: str = "It is taken.") -> None:
        super().__init__(message)


NOTES = """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL UNIQUE CHECK (title <> ''),
        body TEXT,
        parent INTEGER REFERENCES notes (id)
    )
"""
ADD = "INSERT INTO notes (id, title, body) VALUES (:id, :title, :body)"
ALL = "SELECT id, title, body FROM notes ORDER BY id"


@pytest.fixture(autouse=True)
async def notes(database: Database) -> None:
    await database.count(NOTES, {}, writes=True)
    for at, title in enumerate(["tea", "milk", "jam"], 1):
        await database.count(ADD, {"id": at, "title": title, "body": None}, writes=True)


async def titles(database: Database) -> list[Any]:
    rows = await database.many("SELECT title FROM notes ORDER BY id", {}, limit=100)
    return [row["title"] for row in rows if isinstance(row, dict)]


@pytest.mark.parametrize("ask", ["count", "run"])
async def test_what_changes_nothing_is_the_error_that_the_spec_names(
    database: Database, ask: str
) -> None:
    change = getattr(database, ask)
    text = "UPDATE notes SET body = :body WHERE id = :id"
    with pytest.raises(NoSuchNote) as raised:
        await change(text, {"id": 9, "body": "x"}, writes=True, missing=NoSuchNote)
    assert raised.value.data == NoteData(id=9)
    await change(text, {"id": 9, "body": "x"}, writes=True)
    await change(text, {"id": 1, "body": "x"}, writes=True, missing=NoSuchNote)


async def test_rows_are_objects_by_name(database: Database) -> None:
    rows = await database.many(
        "SELECT id, title AS name, body FROM notes WHERE id > :least ORDER BY id",
        {"least": 1},
        limit=2,
    )
    assert rows == [
        {"id": 2, "name": "milk", "body": None},
        {"id": 3, "name": "jam", "body": None},
    ]
    assert await database.many("SELECT * FROM notes WHERE id > :id", {"id": 9}, limit=0) == []


async def test_null_is_left_out_where_it_is_optional(database: Database) -> None:
    found = await database.one(
        "SELECT id, body FROM notes WHERE id = :id", {"id": 1}, optional={"body"}
    )
    assert found == {"id": 1}


async def test_one_row_or_none(database: Database) -> None:
    text = "SELECT title FROM notes WHERE id >= :id"
    assert await database.one(text, {"id": 3}) == {"title": "jam"}
    assert await database.one(text, {"id": 4}) is None
    with pytest.raises(BackendError, match=r"^there is more than one row$"):
        await database.one(text, {"id": 2})


async def test_one_value_or_none(database: Database) -> None:
    assert await database.value("SELECT count(*) FROM notes", {}) == 3
    assert await database.value("SELECT body FROM notes WHERE id = 1", {}) is None
    assert await database.value("SELECT id FROM notes WHERE id = 9") is None
    with pytest.raises(BackendError, match="more than one row"):
        await database.value("SELECT id FROM notes", {})


@pytest.mark.parametrize("needed", [False, True])
async def test_what_is_missing_is_the_error_that_the_spec_names(
    database: Database, needed: bool
) -> None:
    text = "SELECT title FROM notes WHERE id = :id"
    for ask in (database.one, database.value):
        with pytest.raises(NoSuchNote) as caught:
            await ask(text, {"id": 9, "other": "x"}, needed=needed, missing=NoSuchNote)
        assert caught.value.data == NoteData(id=9)
        assert caught.value.message == "There is no such note."
        assert await ask(text, {"id": 1}, needed=needed, missing=NoSuchNote)
        if needed:
            with pytest.raises(BackendError, match=r"^there is no such row$"):
                await ask(text, {"id": 9}, needed=True)


async def test_a_conflict_is_the_error_that_the_spec_names(database: Database) -> None:
    values = {"id": 9, "title": "tea", "body": None}
    for ask in (database.one, database.value, database.many):
        with pytest.raises(Taken, match=r"^It is taken\.$"):
            await ask(f"{ADD} RETURNING id", values, writes=True, conflict=Taken)
    for change in (database.count, database.run):
        with pytest.raises(Taken):
            await change(ADD, values, writes=True, conflict=Taken)
        with pytest.raises(BackendError, match="refused"):
            await change(ADD, {**values, "title": None}, writes=True, conflict=Taken)


async def test_changes_are_counted(database: Database) -> None:
    text = "UPDATE notes SET body = :body WHERE id < :id"
    assert await database.count(text, {"body": "x", "id": 3}, writes=True) == 2
    assert await database.count(text, {"body": "x", "id": 0}, writes=True) == 0
    returning = "DELETE FROM notes WHERE id > :id RETURNING id"
    assert await database.count(returning, {"id": 1}, writes=True) == 2
    assert await database.count("CREATE TABLE other (a INTEGER)", {}, writes=True) == 0


async def test_a_change_can_give_rows(database: Database) -> None:
    text = "INSERT INTO notes (id, title) VALUES (:id, :title) RETURNING id, title"
    added = await database.one(text, {"id": 7, "title": "bread"}, writes=True)
    assert added == {"id": 7, "title": "bread"}
    assert await titles(database) == ["tea", "milk", "jam", "bread"]


async def test_more_rows_than_wanted_are_an_error_and_change_nothing(database: Database) -> None:
    assert len(await database.many(ALL, {}, limit=3)) == 3
    with pytest.raises(BackendError, match=r"^there are more than 2 rows: ask for less$"):
        await database.many(ALL, {}, limit=2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    with pytest.raises(BackendError, match="more than 100 rows"):
        await database.many(endless, {}, limit=100)
    with pytest.raises(BackendError, match="more than one row"):
        await database.one("DELETE FROM notes RETURNING id", {}, writes=True)


@pytest.mark.parametrize(
    "value",
    [
        "'; DROP TABLE notes; --",
        '"quoted" `and` $1 :id %s %(id)s ?',
        "größer 日本 🍵",
        "back\\slash and 'quote'",
        "line\nfeed\ttab",
        "x" * 100_000,
        "",
    ],
)
async def test_values_are_never_part_of_the_statement(database: Database, value: str) -> None:
    await database.count("UPDATE notes SET body = :body WHERE id = 1", {"body": value}, writes=True)
    assert (
        await database.value("SELECT body FROM notes WHERE body = :body", {"body": value}) == value
    )
    assert await titles(database) == ["tea", "milk", "jam"]


async def test_what_was_not_sent_is_null(database: Database) -> None:
    await database.count(ADD, {"id": 9, "title": "x", "body": UNSET}, writes=True)
    assert await database.value("SELECT body FROM notes WHERE id = 9", {}) is None


async def test_half_a_character_is_refused(database: Database) -> None:
    with pytest.raises(BackendError, match=r"^body: half a character"):
        await database.count(ADD, {"id": 9, "title": "x", "body": "\ud800"}, writes=True)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO notes (id, title) VALUES (9, 'x')",
        "DELETE FROM notes RETURNING id",
        "UPDATE notes SET title = 'x' WHERE id = 1 RETURNING id",
        "DROP TABLE notes",
        "CREATE TABLE other (a INTEGER)",
        "SELECT 1; DELETE FROM notes",
    ],
)
async def test_what_reads_cannot_write(database: Database, text: str) -> None:
    with pytest.raises(BackendError, match=r"^the database refused: "):
        await database.many(text, {}, limit=10)
    with pytest.raises(BackendError, match=r"^the database refused: "):
        await database.count(text, {})
    assert await titles(database) == ["tea", "milk", "jam"]


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ("INSERT INTO notes (id, title) VALUES (1, 'new')", True),
        ("INSERT INTO notes (id, title) VALUES (9, 'tea')", True),
        ("INSERT INTO notes (id, title, parent) VALUES (9, 'new', 77)", True),
        ("INSERT INTO notes (id, title) VALUES (9, NULL)", False),
        ("INSERT INTO notes (id, title) VALUES (9, '')", False),
        ("INSERT INTO nowhere (id) VALUES (9)", False),
        ("INSERT INTO", False),
    ],
)
async def test_a_conflict_is_told_from_other_failures(
    database: Database, text: str, conflict: bool
) -> None:
    with pytest.raises(BackendError, match=r"^the database refused: ") as caught:
        await database.count(text, {}, writes=True)
    assert isinstance(caught.value, Conflict) is conflict
    assert not caught.value.retryable
    assert await titles(database) == ["tea", "milk", "jam"]


async def test_a_statement_that_fails_half_way_changes_nothing(database: Database) -> None:
    text = "INSERT INTO notes (id, title) SELECT id + 2, title || :x FROM notes ORDER BY id DESC"
    with pytest.raises(Conflict):
        await database.count(text, {"x": "!"}, writes=True)
    assert await titles(database) == ["tea", "milk", "jam"]


async def test_two_columns_of_one_name_are_an_error(database: Database) -> None:
    with pytest.raises(BackendError, match=r"^two columns are called 'id': .* apart"):
        await database.many("SELECT id, title, parent AS id FROM notes", {}, limit=10)


async def test_a_change_gives_no_rows_by_itself(database: Database) -> None:
    with pytest.raises(BackendError):
        await database.many("DELETE FROM notes", {}, limit=10, writes=True)
    assert await titles(database) == ["tea", "milk", "jam"]


@pytest.mark.parametrize("bound", [{}, {"other": 1}])
async def test_a_parameter_without_value_is_an_error(
    database: Database, bound: dict[str, object]
) -> None:
    with pytest.raises(BackendError, match=r"^the database refused: "):
        await database.value("SELECT :id", bound)


async def test_all_at_once(database: Database) -> None:
    added = "INSERT INTO notes (id, title) VALUES (:id, :title)"

    async def add(at: int) -> None:
        await database.count(added, {"id": at, "title": f"t{at}"}, writes=True)
        assert (
            await database.value("SELECT title FROM notes WHERE id = :id", {"id": at}) == f"t{at}"
        )

    async with anyio.create_task_group() as tasks:
        for at in range(100, 200):
            tasks.start_soon(add, at)
    assert await database.value("SELECT count(*) FROM notes", {}) == 103


async def test_a_call_that_is_cancelled_is_undone_and_nothing_waits_for_it(
    database: Database,
) -> None:
    text = """
        WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
        INSERT INTO notes (id, title) SELECT i, 't' || i FROM n
    """
    with anyio.move_on_after(0.1) as scope:
        await database.count(text, {}, writes=True)
    assert scope.cancelled_caught
    with anyio.fail_after(5):
        await database.count(ADD, {"id": 4, "title": "x", "body": None}, writes=True)
    assert await titles(database) == ["tea", "milk", "jam", "x"]


async def test_a_task_that_asyncio_cancels_is_undone_too(database: Database) -> None:
    text = """
        WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
        INSERT INTO notes (id, title) SELECT i, 't' || i FROM n
    """
    task = asyncio.create_task(database.run(text, writes=True))
    await anyio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with anyio.fail_after(10):
        await database.count(ADD, {"id": 4, "title": "x", "body": None}, writes=True)
    assert await titles(database) == ["tea", "milk", "jam", "x"]


async def test_a_closed_database_opens_again(database: Database) -> None:
    await database.aclose()
    await database.aclose()
    assert await database.value("SELECT 1", {}) == 1
