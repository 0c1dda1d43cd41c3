"""What the operations of Notes take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal

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


class NotesChangeArguments(Model):
    id: int
    title: str | None = ABSENT
    stars: int | None = None
