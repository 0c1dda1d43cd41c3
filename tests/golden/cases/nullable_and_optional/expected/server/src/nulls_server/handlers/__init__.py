"""What the nulls server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import ContactsHandlers
from .contacts import Contacts

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.contacts: ContactsHandlers = Contacts()
