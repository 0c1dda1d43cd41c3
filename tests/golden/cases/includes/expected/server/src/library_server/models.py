"""What the operations of library take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import ABSENT, Model


class Book(Model):
    title: str
    author: Person | None = ABSENT


class Person(Model):
    name: str
    friends: list[Person] | None = ABSENT


class BooksFindParams(Model):
    """What books.find takes."""

    author: Person
    """Who wrote them."""


class LoansLendParams(Model):
    """What loans.lend takes."""

    book: Book
    """Which one."""
    to: Person
    """To whom."""
