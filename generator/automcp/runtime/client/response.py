"""What calls give back that is more than a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from ..shared.content import Block, Text
from ..shared.model import Json
from .errors import ClientError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """A value together with the content blocks that show it."""

    value: T
    content: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionResponse:
    """The end of one untyped call, attempts included.

    Attributes:
        content: The content blocks of the answer, as sent.
        data: The structured answer, out of its `{"result": …}` wrapper if it had one; or `None`.
        error: What it failed with; only `ClientGroup.outcome` gives responses that have one.
        duration: Seconds from the call to its end, pauses included.
        attempts: How often the call was sent.
        fallback: Whether `data` comes from the group's fallback instead of the server.
    """

    content: tuple[Block, ...] = ()
    data: Json = None
    error: ClientError | None = None
    duration: float = 0.0
    attempts: int = 1
    fallback: bool = False

    @property
    def success(self) -> bool:
        return self.error is None

    @property
    def status(self) -> Literal["success", "error"]:
        return "success" if self.error is None else "error"

    @property
    def text(self) -> str:
        """The text blocks of the answer, a line break between them."""
        return "\n".join(block.text for block in self.content if isinstance(block, Text))
