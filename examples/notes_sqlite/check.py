"""A SQLite database becomes an MCP server by a spec alone: typed rows, declared errors, no handler."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import anyio
from mcp import StdioServerParameters

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here

HERE = compile_here(__file__)

from notes_client import Note, NoteNotFound, NotesClient, TitleTaken  # the package exists only now

TABLE = """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL UNIQUE,
        body TEXT,
        done BOOLEAN NOT NULL DEFAULT FALSE,
        tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags))
    )
"""
EVIL = "'); DROP TABLE notes; --"


def main() -> None:
    assert not (HERE / "server" / "src" / "notes_server" / "handlers").exists()
    say("no handler", "the server is compiled from notes.yaml, all of it")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "notes.db")
        with closing(sqlite3.connect(database)) as made:
            made.execute(TABLE)
        anyio.run(use, database)
        anyio.run(share, database)


async def use(database: Path) -> None:
    async with NotesClient(server(database)) as client:
        tea = await client.notes.add("Buy tea", body="Green, please", tags=["shop", "home"])
        assert tea == Note(
            id=1, title="Buy tea", body="Green, please", done=False, tags=["shop", "home"]
        )
        await client.notes.add("Write home", tags=["home"])
        await client.notes.add(EVIL)
        say("typed rows", f"{tea.tags} from a text, done={tea.done} from a 0")

        assert [note.id for note in await client.notes.search("e", tag="home")] == [1, 2]
        (found,) = await client.notes.search(EVIL)
        assert found.body is None and not found.sent("body"), "what is NULL is left out"
        say("bound values", f"{EVIL!r} is a title like any other")

        try:
            await client.notes.add("Buy tea")
        except TitleTaken as error:
            say("declared errors", f"{type(error).__name__}: {error}")
        else:
            raise AssertionError("the title is taken")
        try:
            await client.notes.read(77)
        except NoteNotFound as error:
            assert error.data.id == 77
        else:
            raise AssertionError("there is no such note")

        assert await client.notes.finish([1, 3, 77]) == 2
        assert (await client.notes.read(1)).done
        assert await client.notes.forget() == 2
    with closing(sqlite3.connect(database)) as seen:
        assert seen.execute("SELECT title FROM notes").fetchall() == [("Write home",)]
    say("changes", "two notes were finished and forgotten; the database says so, too")


async def share(database: Path) -> None:
    """Two servers write to one database: each waits for the other."""
    async with NotesClient(server(database)) as one, NotesClient(server(database)) as other:
        async with anyio.create_task_group() as tasks:
            for at in range(40):
                tasks.start_soon((one, other)[at % 2].notes.add, f"Note {at}")
        assert len(await one.notes.search("Note", limit=100)) == 40
    say("sharing", "40 notes by two servers at once")


def server(database: Path) -> StdioServerParameters:
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE / "server" / "src"),
        "NOTES_DATABASE": f"sqlite:{database}",
    }
    return StdioServerParameters(
        command=sys.executable, args=["-m", "notes_server"], env=environment
    )


def say(what: str, how: str) -> None:
    print(f"{what:16} {how}")


if __name__ == "__main__":
    main()
