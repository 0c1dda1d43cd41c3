"""What the spec says that the notes group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

from .._runtime.bound.reading import read
from ..backends import Backends
from ..contract import Context
from ..errors import NoteNotFound, TitleTaken
from ..models import Note, NotesChangeArguments


class BoundNotes:
    """Notes and what to do with them."""

    def __init__(self, backends: Backends) -> None:
        self._store = backends.store
        self._archive = backends.archive

    async def search(
        self,
        text: str,
        done: bool | None,
        limit: int,
        context: Context,
    ) -> list[Note]:
        """Notes whose title contains a text, oldest first."""
        answer = await self._store.many(
            "-- ':text' of the caller's is never part of this.\n"
            "SELECT id, title, body, done, tags, stars\n"
            "FROM notes\n"
            "WHERE title LIKE :pattern ESCAPE '\\'\n"
            "  AND (:done IS NULL OR done = :done)\n"
            "  AND (:owner IS NULL OR owner = :owner)\n"
            "ORDER BY id\n"
            "LIMIT :limit",
            {"pattern": f"%{text}%", "done": done, "owner": context.settings.owner, "limit": limit},
            limit=100,
            kinds={"done": "boolean", "tags": "json"},
            optional=("body",),
        )
        return read(list[Note], answer)

    async def read(self, id: int, context: Context) -> Note:
        """One note."""
        answer = await self._store.one(
            "SELECT id, title, body, done, tags, stars FROM notes WHERE id = :id",
            {"id": id},
            kinds={"done": "boolean", "tags": "json"},
            optional=("body",),
            missing=NoteNotFound,
        )
        return read(Note, answer)

    async def find(self, title: str, context: Context) -> Note | None:
        """The note of this very title, if there is one."""
        answer = await self._store.one(
            "SELECT id, title, body, done, tags, stars FROM notes WHERE title = :title",
            {"title": title},
            kinds={"done": "boolean", "tags": "json"},
            optional=("body",),
        )
        return read(Note | None, answer)

    async def add(
        self,
        title: str,
        body: str | None,
        tags: list[str],
        values: dict[str, Any],
        context: Context,
    ) -> Note:
        """Add a note."""
        answer = await self._store.one(
            "INSERT INTO notes (title, body, tags, extra) VALUES (:title, :body, :tags, :values)\n"
            "RETURNING id, title, body, done, tags, stars",
            {"title": title, "body": body, "tags": tags, "values": values},
            writes=True,
            kinds={"done": "boolean", "tags": "json"},
            optional=("body",),
            needed=True,
            conflict=TitleTaken,
        )
        return read(Note, answer)

    async def change(self, arguments: NotesChangeArguments, context: Context) -> None:
        """Give a note another title."""
        await self._store.run(
            "UPDATE notes SET title = coalesce(:title, title), stars = :stars WHERE id = :id",
            {"title": arguments.title, "stars": arguments.stars, "id": arguments.id},
            writes=True,
            conflict=TitleTaken,
        )

    async def finish(self, ids: list[int], context: Context) -> int:
        """Mark notes as done; says how many there were."""
        return await self._store.count(
            "UPDATE notes SET done = 1 WHERE id IN (SELECT value FROM json_each(:ids))",
            {"ids": ids},
            writes=True,
        )

    async def any_done(self, context: Context) -> bool:
        """Whether any note is done."""
        answer = await self._store.value("SELECT max(done) FROM notes", kind="boolean", needed=True)
        return read(bool, answer)

    async def remove(self, id: int, context: Context) -> None:
        """Remove a note."""
        await self._store.run("DELETE FROM notes WHERE id = :id;", {"id": id}, writes=True)

    async def archived(self, tags: list[str], context: Context) -> list[dict[str, Any]]:
        """Archived notes with any of these tags."""
        answer = await self._archive.many(
            "SELECT id, title::text, written_at FROM archive WHERE tags && :tags ORDER BY id",
            {"tags": tags},
        )
        return read(list[dict[str, Any]], answer)
