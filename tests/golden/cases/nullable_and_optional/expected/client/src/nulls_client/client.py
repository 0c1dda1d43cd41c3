"""Calls what nulls offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._runtime.client import (
    UNSET,
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
    Unset,
    given,
)
from .models import Contact

_SURFACE = Surface.beside(__file__)

_CONTACTS_UPDATE = Operation[Contact](
    "update", tool="contacts_update", returns=Contact, repeatable=False
)


class Contacts(ErrorHandlingGroup):
    """People."""

    async def update(
        self,
        name: str,
        email: str | None,
        phone: str | None = None,
        birthday: str | Unset | None = UNSET,
        language: str | None = "en",
        note: str | None = None,
    ) -> Contact:
        """Change what is given and keep the rest.

        Args:
            name: Whose.
            email: Null takes it away.
            phone: Left out keeps it.
            birthday: Null takes it away, left out keeps it.
            language: What to write in.
            note: Nothing unless said.
        """
        return await self.call(
            _CONTACTS_UPDATE,
            {
                "name": name,
                "email": email,
                "phone": given(phone),
                "birthday": birthday,
                "language": language,
                "note": note,
            },
        )


class NullsClient(AutoMCPClient):
    """A typed client of nulls."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "nulls", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.contacts = self.add_group(Contacts(self, "contacts", (_CONTACTS_UPDATE,)))
