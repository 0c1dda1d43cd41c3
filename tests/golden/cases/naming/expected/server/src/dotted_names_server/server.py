"""Registers what dotted-names offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import AuditHandlers, Context, Handlers, UserAccountsHandlers
from .handlers import App
from .models import UserAccountsDeleteOneParams
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the dotted-names server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_user_accounts(chosen.user_accounts),
            *_audit(chosen.audit),
        ],
    )


def _user_accounts(handlers: UserAccountsHandlers) -> Iterator[Operation[Context]]:
    def list_all(_arguments: object, context: Context) -> Answer[list[str]]:
        return handlers.list_all(context=context)

    yield Operation(
        "user-accounts.list-all",
        None,
        list_all,
        handler=handlers.list_all,
        name="user-accounts.list-all",
    )

    def delete_one(arguments: UserAccountsDeleteOneParams, context: Context) -> Answer[None]:
        return handlers.delete_one(account_id=arguments.account_id, context=context)

    yield Operation(
        "user-accounts.deleteOne",
        UserAccountsDeleteOneParams,
        delete_one,
        handler=handlers.delete_one,
        name="user-accounts.deleteOne",
    )


def _audit(handlers: AuditHandlers) -> Iterator[Operation[Context]]:
    def list_all(_arguments: object, context: Context) -> Answer[list[str]]:
        return handlers.list_all(context=context)

    yield Operation(
        "audit.list-all", None, list_all, handler=handlers.list_all, name="audit.list-all"
    )
