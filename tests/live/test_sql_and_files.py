"""Compiled services whose operations are statements and files: called over stdio, beside whom a test looks."""

from __future__ import annotations

import base64
import os
import sqlite3
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import anyio
import pytest
from automcp.runtime.sql.database import Database
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent

from ..golden.cases import compiled
from ..runtime.sql.databases import postgresql_server
from .compiled import emit, lay_out, service

pytestmark = [pytest.mark.slow, pytest.mark.anyio]

TABLES = """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL UNIQUE,
        body TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        tags TEXT NOT NULL DEFAULT '[]',
        stars INTEGER,
        owner TEXT,
        extra TEXT
    );
    INSERT INTO notes (title, body, done, tags, owner) VALUES
        ('Buy tea', 'Green, 🍵', 0, '["shop", "tea"]', 'ada'),
        ('50% off', NULL, 1, '[]', 'bob');
"""
TEA = {"id": 1, "title": "Buy tea", "body": "Green, 🍵", "done": False, "tags": ["shop", "tea"], "stars": None}  # fmt: skip
SALE: dict[str, Any] = {"id": 2, "title": "50% off", "done": True, "tags": [], "stars": None}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the golden case."""
    folder = tmp_path_factory.mktemp("compiled")
    lay_out(compiled("sql_and_files").files, folder)
    return folder / "server" / "src"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a database and documents."""
    with closing(sqlite3.connect(tmp_path / "notes.db")) as made:
        made.executescript(TABLES)
    (tmp_path / "docs" / "old").mkdir(parents=True)
    (tmp_path / "docs" / "tea.md").write_text("# Grün 🍵\n", "utf-8")
    (tmp_path / "docs" / "old" / "jam.md").write_text("jam")
    (tmp_path / "docs" / "out").symlink_to("..")
    (tmp_path / "secret.md").write_text("secret")
    return tmp_path


@asynccontextmanager
async def called(package: Path, name: str, **settings: str) -> AsyncGenerator[Client]:
    """A client of a compiled server that runs by itself."""
    own = {f"{name.upper()}_{key.upper()}": value for key, value in settings.items()}
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", f"{name}_server"],
        env={**os.environ, "PYTHONPATH": str(package), **own},
    )
    async with Client(stdio_client(command)) as client:
        yield client


@asynccontextmanager
async def notes(package: Path, place: Path, **settings: str) -> AsyncGenerator[Client]:
    own = {"database": f"sqlite:{place / 'notes.db'}", "docs": str(place / "docs"), **settings}
    async with called(package, "notes", password="hunter2", **own) as client:
        yield client


def value(result: CallToolResult) -> Any:
    assert not result.is_error, result
    content: dict[str, Any] = result.structured_content or {}
    return content.get("result", content)


def failure(result: CallToolResult) -> dict[str, Any]:
    assert result.is_error, result
    return result.structured_content["error"]


async def test_notes_are_found_as_declared(package: Path, place: Path) -> None:
    async with notes(package, place) as client:
        assert value(await client.call_tool("notes_search", {"text": ""})) == [TEA, SALE]
        done = {"text": "", "done": True}
        assert value(await client.call_tool("notes_search", done)) == [SALE]
        one = {"text": "", "limit": 1}
        assert value(await client.call_tool("notes_search", one)) == [TEA]
        assert value(await client.call_tool("notes_search", {"text": "\\%"})) == [SALE]
        assert value(await client.call_tool("notes_search", {"text": "' OR 1=1 --"})) == []
        assert value(await client.call_tool("notes_read", {"id": 1})) == TEA
        missing = failure(await client.call_tool("notes_read", {"id": 77}))
        assert missing == {
            "name": "NoteNotFound",
            "message": "There is no note with this id.",
            "data": {"id": 77},
        }
        assert value(await client.call_tool("notes_find", {"title": "Buy tea"})) == TEA
        assert value(await client.call_tool("notes_find", {"title": "none"})) is None
        assert value(await client.call_tool("notes_any_done", {})) is True
    async with notes(package, place, owner="bob") as client:
        assert value(await client.call_tool("notes_search", {"text": ""})) == [SALE]


async def test_notes_are_changed_as_declared(package: Path, place: Path) -> None:
    added = {"title": "'); DROP TABLE notes; --", "tags": ["ü"], "values": {"a": [None]}}
    async with notes(package, place) as client:
        note = value(await client.call_tool("notes_add", added))
        assert note == {"id": 3, "title": added["title"], "done": False, "tags": ["ü"], "stars": None}  # fmt: skip
        taken = failure(await client.call_tool("notes_add", added))
        assert taken == {"name": "TitleTaken", "message": "Another note has this title."}
        taken = failure(await client.call_tool("notes_change", {"id": 3, "title": "50% off"}))
        assert taken["name"] == "TitleTaken"
        await client.call_tool("notes_change", {"id": 3, "stars": 5})
        assert value(await client.call_tool("notes_read", {"id": 3})) == {**note, "stars": 5}
        await client.call_tool("notes_change", {"id": 3, "title": "x", "stars": None})
        assert value(await client.call_tool("notes_finish", {"ids": [1, 3, 99]})) == 2
        assert value(await client.call_tool("notes_finish", {"ids": []})) == 0
        value(await client.call_tool("notes_remove", {"id": 2}))
    with closing(sqlite3.connect(place / "notes.db")) as seen:
        rows = seen.execute("SELECT id, title, done, stars, extra FROM notes ORDER BY id")
        assert rows.fetchall() == [
            (1, "Buy tea", 1, None, None),
            (3, "x", 1, None, '{"a": [null]}'),
        ]


async def test_many_write_at_once(package: Path, place: Path) -> None:
    failed: list[CallToolResult] = []

    async def add(client: Client, at: int) -> None:
        result = await client.call_tool("notes_add", {"title": f"t{at}"})
        if result.is_error:
            failed.append(result)

    async with notes(package, place) as one, notes(package, place) as other:
        async with anyio.create_task_group() as tasks:
            for at in range(60):
                tasks.start_soon(add, (one, other)[at % 2], at)
        assert failed == []
        found = value(await one.call_tool("notes_search", {"text": "t", "limit": 100}))
        assert len(found) == 61


async def test_what_goes_wrong_is_told_without_secrets(package: Path, place: Path) -> None:
    async with notes(package, place, database=f"sqlite:{place}/gone.db") as client:
        gone = failure(await client.call_tool("notes_read", {"id": 1}))
        assert gone == {
            "name": "BackendFailed",
            "message": f"the database '{place}/gone.db' cannot be opened: there is no such file",
        }
        archived = failure(await client.call_tool("notes_archived", {"tags": ["a"]}))
        assert archived["name"] == "BackendFailed" and "hunter2" not in str(archived)
        # The session goes on.
        assert value(await client.call_tool("docs_read", {"path": "old/jam.md"})) == "jam"
    with closing(sqlite3.connect(place / "notes.db")) as made:
        made.execute("UPDATE notes SET tags = 'none' WHERE id = 1")
        made.execute("UPDATE notes SET done = 7 WHERE id = 2")
        made.commit()
    async with notes(package, place) as client:
        json = failure(await client.call_tool("notes_read", {"id": 1}))
        assert json == {"name": "BackendFailed", "message": "the column 'tags' holds no JSON"}
        flag = failure(await client.call_tool("notes_read", {"id": 2}))
        assert flag["name"] == "BackendFailed" and "done" in flag["message"]


async def test_documents_are_read_and_written_as_declared(package: Path, place: Path) -> None:
    docs = place / "docs"
    picture = base64.b64encode(b"\x89PNG\x00\xff").decode()
    async with notes(package, place) as client:
        assert value(await client.call_tool("docs_read", {"path": "tea.md"})) == "# Grün 🍵\n"
        shown = await client.call_tool("docs_show", {"path": "tea.md"})
        assert [one.text for one in shown.content if isinstance(one, TextContent)] == [
            "# Grün 🍵\n"
        ]
        missing = failure(await client.call_tool("docs_read", {"path": "gone/x.md"}))
        assert missing == {
            "name": "NoSuchDocument",
            "message": "There is no such document.",
            "data": {"path": "gone/x.md"},
        }
        saved = {"name": "new", "text": "größe {name}"}
        value(await client.call_tool("docs_save", saved))
        assert failure(await client.call_tool("docs_save", saved))["name"] == "DocumentExists"
        value(await client.call_tool("docs_upload", {"number": 7, "data": picture}))
        assert value(await client.call_tool("docs_picture", {"number": 7})) == picture
        value(await client.call_tool("docs_keep", {"path": "a/b.json", "value": 1.5}))
        value(await client.call_tool("docs_keep", {"path": "a/b.json", "value": True}))
        log = failure(await client.call_tool("docs_log", {"line": "first"}))
        assert log["name"] == "NoSuchDocument"
        value(await client.call_tool("docs_keep", {"path": "diary.txt", "value": 0}))
        value(await client.call_tool("docs_log", {"line": " ü"}))
        value(await client.call_tool("docs_remove", {"path": "old/jam.md"}))
        value(await client.call_tool("docs_remove", {"path": "old"}))
    assert (docs / "saved/new.md").read_text("utf-8") == "# new\n\ngröße {name}\n"
    assert (docs / "pictures/7.png").read_bytes() == b"\x89PNG\x00\xff"
    assert (docs / "a/b.json").read_text() == "true"
    assert (docs / "diary.txt").read_text("utf-8") == "0 ü\n"
    assert not (docs / "old").exists()


async def test_documents_are_listed_as_declared(package: Path, place: Path) -> None:
    async with notes(package, place) as client:
        found = value(await client.call_tool("docs_list", {}))
        assert [(one["path"], one["type"]) for one in found] == [
            ("old", "folder"),
            ("out", "link"),
            ("tea.md", "file"),
        ]
        found = value(await client.call_tool("docs_list", {"pattern": "**/*.md"}))
        assert [one["path"] for one in found] == ["old/jam.md", "tea.md"]
        about = value(await client.call_tool("docs_about", {"path": "old/jam.md"}))
        assert (about["path"], about["type"], about["size"]) == ("old/jam.md", "file", 3)


@pytest.mark.parametrize("path", ["../secret.md", "out/secret.md", "/etc/passwd", "out", "a\0b"])
async def test_no_call_leaves_the_folder(package: Path, place: Path, path: str) -> None:
    async with notes(package, place) as client:
        for tool in ("docs_read", "docs_show", "docs_remove"):
            refused = failure(await client.call_tool(tool, {"path": path}))
            assert refused["name"] == "BackendFailed"
        refused = failure(await client.call_tool("docs_keep", {"path": path, "value": 1}))
        assert refused["name"] == "BackendFailed"
    assert (place / "secret.md").read_text() == "secret"


WEATHER = """
automcp: 1
name: weather
version: "1"
settings: {database: {type: string, default: "sqlite::memory:"}}
errors: {Known: {description: That day is known.}}
backends: {store: {sql: {url: "{settings.database}"}}}
groups:
  days:
    operations:
      setup:
        effect: writes
        run:
          sql:
            statement: CREATE TABLE IF NOT EXISTS days (day date PRIMARY KEY, high numeric(4, 1), wet boolean, words text[])
      add:
        params:
          day: {type: string, format: date}
          high: {type: number}
          wet: {type: boolean}
          words: {type: array, items: {type: string}}
        effect: writes
        run:
          sql:
            statement: INSERT INTO days VALUES (:day, :high, :wet, :words)
            errors: {conflict: Known}
      warm:
        params: {high: {type: number}, days: {type: array, items: {type: string}}}
        returns:
          type: array
          items:
            type: object
            properties:
              day: {type: string, format: date}
              high: {type: number}
              wet: {type: boolean}
              words: {type: array, items: {type: string}}
            required: [day, high, wet, words]
        effect: reads
        run: {sql: {statement: "SELECT * FROM days WHERE high >= :high::float8 AND day = ANY(:days::date[]) ORDER BY day"}}
      sleep:
        returns: {type: string}
        effect: reads
        timeout: 0.3s
        run: {sql: {statement: "SELECT pg_sleep(60)::text"}}
      sneak:
        returns: {type: integer}
        effect: reads
        run: {sql: {statement: "SELECT grow()"}}
"""


GROW = """
    CREATE FUNCTION grow() RETURNS int AS $$
        INSERT INTO days VALUES ('2026-03-01', 20, false, '{}'); SELECT 1
    $$ LANGUAGE sql
"""


@pytest.fixture(scope="module")
def server() -> Generator[str]:
    with postgresql_server() as url:
        yield url


async def test_postgresql(server: str, tmp_path: Path) -> None:
    lay_out(emit(service(WEATHER, "spec.yaml"), ("server",)), tmp_path)
    package = tmp_path / "server" / "src"
    database = Database(server)
    day = {"day": "2026-02-28", "high": 12.5, "wet": True, "words": ["grün", "a,b", '"']}
    async with called(package, "weather", database=server) as client:
        value(await client.call_tool("days_setup", {}))
        value(await client.call_tool("days_add", day))
        assert failure(await client.call_tool("days_add", day))["name"] == "Known"
        asked = {"high": 12.5, "days": ["2026-02-28", "2026-03-01"]}
        assert value(await client.call_tool("days_warm", asked)) == [day]
        assert value(await client.call_tool("days_warm", {**asked, "days": []})) == []
        late = failure(await client.call_tool("days_sleep", {}))
        assert late["name"] == "Timeout"
        await database.run(GROW, writes=True)
        sneaky = failure(await client.call_tool("days_sneak", {}))
        assert "read-only transaction" in sneaky["message"]
        assert len(value(await client.call_tool("days_warm", {**asked, "high": 0}))) == 1
    await database.aclose()
