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
