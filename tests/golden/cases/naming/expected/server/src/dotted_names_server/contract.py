"""What the handlers of dotted-names implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class UserAccountsHandlers(Protocol):
    """Accounts."""

    def list_all(self, context: Context) -> Answer[list[str]]:
        """Every account."""
        ...

    def delete_one(self, account_id: str, context: Context) -> Answer[None]:
        """Delete an account.

        Args:
            account_id: Which one.
        """
        ...


class AuditHandlers(Protocol):
    """What happened."""

    def list_all(self, context: Context) -> Answer[list[str]]:
        """Every event."""
        ...


class Handlers(Protocol):
    """Everything that the dotted-names server needs from you."""

    @property
    def user_accounts(self) -> UserAccountsHandlers: ...

    @property
    def audit(self) -> AuditHandlers: ...
