"""What the handlers of Notes implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.shared.content import Text
from .models import Entry, Note, NotesChangeArguments
from .settings import Settings

Context: TypeAlias = RequestContext[None, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class NotesHandlers(Protocol):
    """Notes and what to do with them."""

    def search(
        self, text: str, done: bool | None, limit: int, context: Context
    ) -> Answer[list[Note]]:
        """Notes whose title contains a text, oldest first.

        Args:
            text: What the title contains.
            done: Only those that are done, or are not.
            limit: How many.
        """
        ...

    def read(self, id: int, context: Context) -> Answer[Note]:
        """One note.

        Args:
            id: Which one.

        Raises:
            NoteNotFound: There is no note with this id.
        """
        ...

    def find(self, title: str, context: Context) -> Answer[Note | None]:
        """The note of this very title, if there is one.

        Args:
            title: All of it.
        """
        ...

    def add(
        self,
        title: str,
        body: str | None,
        tags: list[str],
        values: dict[str, Any],
        context: Context,
    ) -> Answer[Note]:
        """Add a note.

        Args:
            title: No other note has it.
            body: More about it.
            tags: For finding it again.
            values: Anything else.

        Raises:
            TitleTaken: Another note has this title.
        """
        ...

    def change(self, arguments: NotesChangeArguments, context: Context) -> Answer[None]:
        """Give a note another title.

        Raises:
            TitleTaken: Another note has this title.
        """
        ...

    def finish(self, ids: list[int], context: Context) -> Answer[int]:
        """Mark notes as done; says how many there were.

        Args:
            ids: Which ones.
        """
        ...

    def any_done(self, context: Context) -> Answer[bool]:
        """Whether any note is done."""
        ...

    def remove(self, id: int, context: Context) -> Answer[None]:
        """Remove a note.

        Args:
            id: Which one.
        """
        ...

    def archived(self, tags: list[str], context: Context) -> Answer[list[dict[str, Any]]]:
        """Archived notes with any of these tags.

        Args:
            tags: One is enough.
        """
        ...


class DocsHandlers(Protocol):
    """Documents."""

    def read(self, path: str, context: Context) -> Answer[str]:
        """A document.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...

    def show(self, path: str, context: Context) -> Answer[Text | Sequence[Text]]:
        """A document, as text for people.

        Args:
            path: Below the folder.
        """
        ...

    def picture(self, number: int, context: Context) -> Answer[str]:
        """A picture, as base64.

        Args:
            number: Its number.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...

    def save(self, name: str, text: str, context: Context) -> Answer[None]:
        """Write a new document.

        Args:
            name: What it is called.
            text: What is in it.

        Raises:
            DocumentExists: There is a document of this name.
        """
        ...

    def keep(self, path: str, value: float | bool, context: Context) -> Answer[None]:
        """Write a number or a flag.

        Args:
            path: Below the folder.
            value: As JSON spells it.
        """
        ...

    def upload(self, number: int, data: str, context: Context) -> Answer[None]:
        """Write a picture.

        Args:
            number: Its number.
            data: The picture in base64.
        """
        ...

    def log(self, line: str, context: Context) -> Answer[None]:
        """Add a line to the diary.

        Args:
            line: What happened.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...

    def list_(self, folder: str, pattern: str | None, context: Context) -> Answer[list[Entry]]:
        """What is in a folder.

        Args:
            folder: Below the folder of all.
            pattern: Such as **/*.md.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...

    def about(self, path: str, context: Context) -> Answer[Entry]:
        """What a document is.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...

    def remove(self, path: str, context: Context) -> Answer[None]:
        """Remove a document.

        Args:
            path: Below the folder.

        Raises:
            NoSuchDocument: There is no such document.
        """
        ...


class Handlers(Protocol):
    """Everything that the Notes server needs from you."""

    @property
    def notes(self) -> NotesHandlers: ...

    @property
    def docs(self) -> DocsHandlers: ...
