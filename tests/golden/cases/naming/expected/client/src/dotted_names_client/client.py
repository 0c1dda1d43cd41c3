"""Calls what dotted-names offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
)

_SURFACE = Surface.beside(__file__)

_USER_ACCOUNTS_LIST_ALL = Operation[list[str]](
    "list-all", tool="user-accounts.list-all", returns=list[str], repeatable=True
)

_USER_ACCOUNTS_DELETE_ONE = Operation[None](
    "deleteOne", tool="user-accounts.deleteOne", repeatable=False
)


class UserAccounts(ErrorHandlingGroup):
    """Accounts."""

    async def list_all(self) -> list[str]:
        """Every account."""
        return await self.call(_USER_ACCOUNTS_LIST_ALL)

    async def delete_one(self, account_id: str) -> None:
        """Delete an account.

        Args:
            account_id: Which one.
        """
        await self.call(_USER_ACCOUNTS_DELETE_ONE, {"accountId": account_id})


_AUDIT_LIST_ALL = Operation[list[str]](
    "list-all", tool="audit.list-all", returns=list[str], repeatable=True
)


class Audit(ErrorHandlingGroup):
    """What happened."""

    async def list_all(self) -> list[str]:
        """Every event."""
        return await self.call(_AUDIT_LIST_ALL)


class DottedNamesClient(AutoMCPClient):
    """A typed client of dotted-names."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "dotted-names",
            config,
            server=server,
            surface=_SURFACE,
            hooks=hooks,
            callbacks=callbacks,
        )
        self.user_accounts = self.add_group(
            UserAccounts(
                self, "user-accounts", (_USER_ACCOUNTS_LIST_ALL, _USER_ACCOUNTS_DELETE_ONE)
            )
        )
        self.audit = self.add_group(Audit(self, "audit", (_AUDIT_LIST_ALL,)))
