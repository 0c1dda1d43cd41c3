"""Registers what nulls offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from ._runtime.shared.model import UNSET
from .contract import ContactsHandlers, Context, Handlers
from .handlers import App
from .models import Contact, ContactsUpdateParams
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the nulls server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_contacts(chosen.contacts),
        ],
    )


def _contacts(handlers: ContactsHandlers) -> Iterator[Operation[Context]]:
    def update(arguments: ContactsUpdateParams, context: Context) -> Answer[Contact]:
        return handlers.update(
            name=arguments.name,
            email=arguments.email,
            phone=arguments.phone,
            birthday=arguments.birthday if arguments.sent("birthday") else UNSET,
            language=arguments.language,
            note=arguments.note,
            context=context,
        )

    yield Operation(
        "contacts_update",
        ContactsUpdateParams,
        update,
        handler=handlers.update,
        name="contacts.update",
    )
