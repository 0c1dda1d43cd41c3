"""What a generated server registers: one operation, and the handler behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic

from typing_extensions import TypeVar

from ..shared.failure import DeclaredError
from ..shared.model import Model

ContextT = TypeVar("ContextT", default=Any)


@dataclass(frozen=True)
class Operation(Generic[ContextT]):
    """One tool and what answers it.

    Attributes:
        tool: Its name on the wire; the surface says the rest.
        arguments: What the arguments become once they fit the schema; `None` leaves them a dict.
        call: Hands arguments and context to the handler, and returns what it returns.
        handler: The handler itself, which `call` calls. Looked at once: one that is no
            `async def` runs in a worker thread.
        name: What messages call it, such as `orders.create`; without one, `tool`.
        errors: What the handler may raise for callers to see.
        timeout: Seconds that the handler has, or `None` for no limit.
    """

    tool: str
    arguments: type[Model] | None
    call: Callable[[Any, ContextT], object]
    _: KW_ONLY
    handler: Callable[..., object]
    name: str = ""
    errors: tuple[type[DeclaredError], ...] = ()
    timeout: float | None = None

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.name or self.tool
