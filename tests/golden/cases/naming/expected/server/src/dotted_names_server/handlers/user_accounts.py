"""Handlers of the user_accounts group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import Context


class UserAccounts:
    """Accounts."""

    async def list_all(self, context: Context) -> list[str]:
        """Every account."""
        raise NotImplementedError

    async def delete_one(self, account_id: str, context: Context) -> None:
        """Delete an account."""
        raise NotImplementedError
