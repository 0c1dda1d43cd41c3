"""What the dotted-names server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import AuditHandlers, UserAccountsHandlers
from .audit import Audit
from .user_accounts import UserAccounts

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.user_accounts: UserAccountsHandlers = UserAccounts()
        self.audit: AuditHandlers = Audit()
