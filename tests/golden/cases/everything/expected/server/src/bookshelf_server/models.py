"""What the operations of Bookshelf take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal

from ._runtime.shared.model import ABSENT, Model


class Book(Model):
    """One book."""

    isbn: str
    title: str


class NoSuchBookData(Model):
    isbn: str


class BooksFindParams(Model):
    """What books.find takes."""

    text: str
    """What to look for."""


class BooksCoverParams(Model):
    """What books.cover takes."""

    isbn: str
    """Which book."""


class BooksPreviewParams(Model):
    """What books.preview takes."""

    isbn: str
    """Which book."""


class BooksSummaryParams(Model):
    """What books.summary takes."""

    isbn: str
    """Which book."""


class BooksBorrowParams(Model):
    """What books.borrow takes."""

    isbn: str
    """Which book."""


class Reader(Model):
    name: str
    """Name"""
    age: int | None = ABSENT
    genre: Literal["novel", "essay"] = "novel"


class Which(Model):
    isbn: str
