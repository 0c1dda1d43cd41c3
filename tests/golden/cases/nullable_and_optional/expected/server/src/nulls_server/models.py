"""What the operations of nulls take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import ABSENT, Model


class Contact(Model):
    """A person."""

    name: str
    email: str | None
    """Null if there is none."""
    phone: str | None = ABSENT
    """Not there if nobody asked."""
    birthday: str | None = None


class ContactsUpdateParams(Model):
    """What contacts.update takes."""

    name: str
    """Whose."""
    email: str | None
    """Null takes it away."""
    phone: str | None = ABSENT
    """Left out keeps it."""
    birthday: str | None = None
    """Null takes it away, left out keeps it."""
    language: str | None = "en"
    """What to write in."""
    note: str | None = None
    """Nothing unless said."""
