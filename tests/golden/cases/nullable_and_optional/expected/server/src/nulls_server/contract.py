"""What the handlers of nulls implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.shared.model import Unset
from .models import Contact

Context: TypeAlias = RequestContext[None, None]
"""What every handler is given last: progress, log, the caller, settings and state."""


class ContactsHandlers(Protocol):
    """People."""

    def update(
        self,
        name: str,
        email: str | None,
        phone: str | None,
        birthday: str | Unset | None,
        language: str | None,
        note: str | None,
        context: Context,
    ) -> Answer[Contact]:
        """Change what is given and keep the rest.

        Args:
            name: Whose.
            email: Null takes it away.
            phone: Left out keeps it.
            birthday: Null takes it away, left out keeps it.
            language: What to write in.
            note: Nothing unless said.
        """
        ...


class Handlers(Protocol):
    """Everything that the nulls server needs from you."""

    @property
    def contacts(self) -> ContactsHandlers: ...
