"""Calls what Notes offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._runtime.client import (
    AutoMCPClient,
    Block,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    from_base64,
    given,
    to_base64,
)
from .errors import DocumentExists, NoSuchDocument, NoteNotFound, TitleTaken
from .models import Entry, Note, NotesChangeArguments

_SURFACE = Surface.beside(__file__)

_NOTES_SEARCH = Operation[list[Note]](
    "search", tool="notes_search", returns=list[Note], repeatable=True
)

_NOTES_READ = Operation[Note](
    "read", tool="notes_read", returns=Note, repeatable=True, errors=(NoteNotFound,)
)

_NOTES_FIND = Operation[Note | None](
    "find", tool="notes_find", returns=Note | None, repeatable=True
)

_NOTES_ADD = Operation[Note](
    "add", tool="notes_add", returns=Note, repeatable=False, errors=(TitleTaken,)
)

_NOTES_CHANGE = Operation[None](
    "change", tool="notes_change", repeatable=True, errors=(TitleTaken,)
)

_NOTES_FINISH = Operation[int]("finish", tool="notes_finish", returns=int, repeatable=True)

_NOTES_ANY_DONE = Operation[bool]("any_done", tool="notes_any_done", returns=bool, repeatable=True)

_NOTES_REMOVE = Operation[None]("remove", tool="notes_remove", repeatable=True)

_NOTES_ARCHIVED = Operation[list[dict[str, Any]]](
    "archived", tool="notes_archived", returns=list[dict[str, Any]], repeatable=True
)


class Notes(ErrorHandlingGroup):
    """Notes and what to do with them."""

    async def search(self, text: str, done: bool | None = None, limit: int = 20) -> list[Note]:
        """Notes whose title contains a text, oldest first.

        Args:
            text: What the title contains.
            done: Only those that are done, or are not.
            limit: How many.
        """
        return await self.call(_NOTES_SEARCH, {"text": text, "done": given(done), "limit": limit})

    async def read(self, id: int) -> Note:
        """One note.

        Args:
            id: Which one.

        Raises:
            NoteNotFound: There is no note with this id.
        """
        return await self.call(_NOTES_READ, {"id": id})

    async def find(self, title: str) -> Note | None:
        """The note of this very title, if there is one.

        Args:
            title: All of it.
        """
        return await self.call(_NOTES_FIND, {"title": title})

    async def add(
        self,
        title: str,
        body: str | None = None,
        tags: list[str] | None = None,
        values: dict[str, Any] | None = None,
    ) -> Note:
        """Add a note.

        Args:
            title: No other note has it.
            body: More about it.
            tags: For finding it again.
            values: Anything else.

        Raises:
            TitleTaken: Another note has this title.
        """
        return await self.call(
            _NOTES_ADD,
            {"title": title, "body": given(body), "tags": given(tags), "values": given(values)},
        )

    async def change(self, arguments: NotesChangeArguments) -> None:
        """Give a note another title.

        Raises:
            TitleTaken: Another note has this title.
        """
        await self.call(_NOTES_CHANGE, arguments)

    async def finish(self, ids: list[int]) -> int:
        """Mark notes as done; says how many there were.

        Args:
            ids: Which ones.
        """
        return await self.call(_NOTES_FINISH, {"ids": ids})

    async def any_done(self) -> bool:
        """Whether any note is done."""
        return await self.call(_NOTES_ANY_DONE)

    async def remove(self, id: int) -> None:
        """Remove a note.

        Args:
            id: Which one.
        """
        await self.call(_NOTES_REMOVE, {"id": id})

    async def archived(self, tags: list[str]) -> list[dict[str, Any]]:
        """Archived notes with any of these tags.

        Args:
            tags: One is enough.
        """
        return await self.call(_NOTES_ARCHIVED, {"tags": tags})


_DOCS_READ = Operation[str](
    "read", tool="docs_read", returns=str, repeatable=True, errors=(NoSuchDocument,)
)

_DOCS_SHOW = Operation[None]("show", tool="docs_show", repeatable=True)

_DOCS_PICTURE = Operation[str](
    "picture", tool="docs_picture", returns=str, repeatable=True, errors=(NoSuchDocument,)
)

_DOCS_SAVE = Operation[None]("save", tool="docs_save", repeatable=False, errors=(DocumentExists,))

_DOCS_KEEP = Operation[None]("keep", tool="docs_keep", repeatable=True)

_DOCS_UPLOAD = Operation[None]("upload", tool="docs_upload", repeatable=True)

_DOCS_LOG = Operation[None]("log", tool="docs_log", repeatable=False, errors=(NoSuchDocument,))

_DOCS_LIST = Operation[list[Entry]](
    "list", tool="docs_list", returns=list[Entry], repeatable=True, errors=(NoSuchDocument,)
)

_DOCS_ABOUT = Operation[Entry](
    "about", tool="docs_about", returns=Entry, repeatable=True, errors=(NoSuchDocument,)
)

_DOCS_REMOVE = Operation[None](
    "remove", tool="docs_remove", repeatable=True, errors=(NoSuchDocument,)
)


class Docs(ErrorHandlingGroup):
    """Documents."""

    async def read(self, path: str) -> str:
        """A document.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        return await self.call(_DOCS_READ, {"path": path})

    async def show(self, path: str) -> tuple[Block, ...]:
        """A document, as text for people.

        Args:
            path: Below the folder.
        """
        return await self.call_for_blocks(_DOCS_SHOW, {"path": path})

    async def picture(self, number: int) -> bytes:
        """A picture, as base64.

        Args:
            number: Its number.

        Raises:
            NoSuchDocument: There is no such document.
        """
        return from_base64(await self.call(_DOCS_PICTURE, {"number": number}))

    async def save(self, name: str, text: str) -> None:
        """Write a new document.

        Args:
            name: What it is called.
            text: What is in it.

        Raises:
            DocumentExists: There is a document of this name.
        """
        await self.call(_DOCS_SAVE, {"name": name, "text": text})

    async def keep(self, path: str, value: float | bool) -> None:
        """Write a number or a flag.

        Args:
            path: Below the folder.
            value: As JSON spells it.
        """
        await self.call(_DOCS_KEEP, {"path": path, "value": value})

    async def upload(self, number: int, data: bytes) -> None:
        """Write a picture.

        Args:
            number: Its number.
            data: The picture in base64.
        """
        await self.call(_DOCS_UPLOAD, {"number": number, "data": to_base64(data)})

    async def log(self, line: str) -> None:
        """Add a line to the diary.

        Args:
            line: What happened.

        Raises:
            NoSuchDocument: There is no such document.
        """
        await self.call(_DOCS_LOG, {"line": line})

    async def list_(self, folder: str = "", pattern: str | None = None) -> list[Entry]:
        """What is in a folder.

        Args:
            folder: Below the folder of all.
            pattern: Such as **/*.md.

        Raises:
            NoSuchDocument: There is no such document.
        """
        return await self.call(_DOCS_LIST, {"folder": folder, "pattern": given(pattern)})

    async def about(self, path: str) -> Entry:
        """What a document is.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        return await self.call(_DOCS_ABOUT, {"path": path})

    async def remove(self, path: str) -> None:
        """Remove a document.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        await self.call(_DOCS_REMOVE, {"path": path})


class NotesClient(AutoMCPClient):
    """Notes in a database, and documents in a folder, served without a line of code."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "notes", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.notes = self.add_group(
            Notes(
                self,
                "notes",
                (
                    _NOTES_SEARCH,
                    _NOTES_READ,
                    _NOTES_FIND,
                    _NOTES_ADD,
                    _NOTES_CHANGE,
                    _NOTES_FINISH,
                    _NOTES_ANY_DONE,
                    _NOTES_REMOVE,
                    _NOTES_ARCHIVED,
                ),
            )
        )
        self.docs = self.add_group(
            Docs(
                self,
                "docs",
                (
                    _DOCS_READ,
                    _DOCS_SHOW,
                    _DOCS_PICTURE,
                    _DOCS_SAVE,
                    _DOCS_KEEP,
                    _DOCS_UPLOAD,
                    _DOCS_LOG,
                    _DOCS_LIST,
                    _DOCS_ABOUT,
                    _DOCS_REMOVE,
                ),
            )
        )
