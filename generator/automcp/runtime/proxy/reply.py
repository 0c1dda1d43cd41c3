"""What another server answered: `Reply`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, cast

from mcp_types import CallToolResult
from typing_extensions import TypeForm

from ..bound.reading import read
from ..client.errors import InvalidAnswer
from ..client.received import blocks
from ..shared.content import Block
from ..shared.failure import BackendError, PassedOn
from ..shared.model import Json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """A result that is no error.

    Attributes:
        server: What failures call the server.
        result: As the SDK read it.
    """

    server: str
    result: CallToolResult

    @classmethod
    def of(cls, server: str, result: CallToolResult) -> Reply:
        """Raises `PassedOn` for an error result: the caller is to see it as it is."""
        if result.is_error:
            told = {"content", "structured_content"}
            wire = result.model_dump(mode="json", by_alias=True, exclude_none=True, include=told)
            raise PassedOn(f"{server} answered with an error", cast("dict[str, Json]", wire))
        return cls(server, result)

    def read(self, kind: TypeForm[T], member: str | None = None) -> T:
        """The structured content, or one of its members, as `kind`. Raises `BackendError` if it is none."""
        structured: Any = self.result.structured_content
        if not isinstance(structured, dict) or (member is not None and member not in structured):
            raise BackendError(f"{self.server} answered without the structured content it promises")
        said = cast("dict[str, Json]", structured)
        return read(kind, said if member is None else said[member])

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The content. Raises `BackendError` if a block is none."""
        try:
            return blocks(self.result.content)
        except InvalidAnswer as error:
            raise BackendError(f"{self.server}: {error.message}") from error
