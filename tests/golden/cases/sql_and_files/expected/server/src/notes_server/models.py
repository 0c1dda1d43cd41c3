"""What the operations of Notes take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ._runtime.shared.model import ABSENT, Model


class Note(Model):
    id: int
    title: str
    body: str | None = ABSENT
    """Not every note has one."""
    done: bool
    tags: list[str]
    stars: int | None


class Entry(Model):
    path: str
    type_: Annotated[Literal["file", "folder", "link", "other"], Field(alias="type")]
    size: int
    modified: str


class NoteNotFoundData(Model):
    id: int


class NoSuchDocumentData(Model):
    path: str


class NotesSearchParams(Model):
    """What notes.search takes."""

    text: str
    """What the title contains."""
    done: bool | None = ABSENT
    """Only those that are done, or are not."""
    limit: int = 20
    """How many."""


class NotesReadParams(Model):
    """What notes.read takes."""

    id: int
    """Which one."""


class NotesFindParams(Model):
    """What notes.find takes."""

    title: str
    """All of it."""


class NotesAddParams(Model):
    """What notes.add takes."""

    title: str
    """No other note has it."""
    body: str | None = ABSENT
    """More about it."""
    tags: list[str] = Field(default_factory=lambda: ["new"])
    """For finding it again."""
    values: dict[str, Any] = Field(default_factory=dict)
    """Anything else."""


class NotesChangeArguments(Model):
    id: int
    title: str | None = ABSENT
    stars: int | None = None


class NotesFinishParams(Model):
    """What notes.finish takes."""

    ids: list[int]
    """Which ones."""


class NotesRemoveParams(Model):
    """What notes.remove takes."""

    id: int
    """Which one."""


class NotesArchivedParams(Model):
    """What notes.archived takes."""

    tags: list[str]
    """One is enough."""


class DocsReadParams(Model):
    """What docs.read takes."""

    path: str
    """Below the folder."""


class DocsShowParams(Model):
    """What docs.show takes."""

    path: str
    """Below the folder."""


class DocsPictureParams(Model):
    """What docs.picture takes."""

    number: int
    """Its number."""


class DocsSaveParams(Model):
    """What docs.save takes."""

    name: str
    """What it is called."""
    text: str
    """What is in it."""


class DocsKeepParams(Model):
    """What docs.keep takes."""

    path: str
    """Below the folder."""
    value: int | float | bool
    """As JSON spells it."""


class DocsUploadParams(Model):
    """What docs.upload takes."""

    number: int
    """Its number."""
    data: str
    """The picture in base64."""


class DocsLogParams(Model):
    """What docs.log takes."""

    line: str
    """What happened."""


class DocsListParams(Model):
    """What docs.list takes."""

    folder: str = ""
    """Below the folder of all."""
    pattern: str | None = ABSENT
    """Such as **/*.md."""


class DocsAboutParams(Model):
    """What docs.about takes."""

    path: str
    """Below the folder."""


class DocsRemoveParams(Model):
    """What docs.remove takes."""

    path: str
    """Below the folder."""
