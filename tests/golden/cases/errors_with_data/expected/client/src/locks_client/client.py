"""Calls what locks offers.

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
from .errors import Anything, Details, Jammed, Refused, ValueError, WrongCode
from .models import Code

_SURFACE = Surface.beside(__file__)

_LOCKS_OPEN = Operation[None](
    "open",
    tool="locks_open",
    repeatable=False,
    errors=(WrongCode, Jammed, Refused, Details, Anything, ValueError),
    timeout=120,
)

_LOCKS_STATE = Operation[bool](
    "state", tool="locks_state", returns=bool, repeatable=True, errors=(Jammed,)
)


class Locks(ErrorHandlingGroup):
    """Doors with codes."""

    async def open(self, code: Code) -> None:
        """Open a lock.

        Args:
            code: Four digits.

        Raises:
            WrongCode: The code does not open this lock.
            Jammed: The bolt does not move.
            Refused: Not today.
            Details: Shares its data with schemas.
            Anything: Says whatever it likes.
            ValueError: Has the name of a builtin.
        """
        await self.call(_LOCKS_OPEN, {"code": code})

    async def state(self) -> bool:
        """Whether it is open.

        Raises:
            Jammed: The bolt does not move.
        """
        return await self.call(_LOCKS_STATE)


class LocksClient(AutoMCPClient):
    """A typed client of locks."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "locks", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.locks = self.add_group(Locks(self, "locks", (_LOCKS_OPEN, _LOCKS_STATE)))
