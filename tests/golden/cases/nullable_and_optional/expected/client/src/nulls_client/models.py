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
