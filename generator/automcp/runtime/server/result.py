"""What handlers may return besides plain values: content blocks, messages, completions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from ..shared.content import Block, Message
from ..shared.model import Json

T = TypeVar("T")

Content: TypeAlias = Block | Sequence[Block]
"""What an operation returns whose answer is content alone."""

Messages: TypeAlias = str | Message | Sequence[Message | str]
"""What a prompt returns; a plain text is a message of the user."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a resource holds, where there are several, or where the spec does not say it all.

    Attributes:
        body: Text or bytes, whatever the spec says of the resource.
        mime_type: Without one, that of the resource.
        uri: Where this part is; without one, where the resource is.
        meta: Goes out as the part's `_meta`.
    """

    body: str | bytes
    mime_type: str | None = None
    uri: str | None = None
    meta: Mapping[str, Json] | None = None


Contents: TypeAlias = str | bytes | Part | Sequence[Part]
"""What a resource returns, if it is no JSON."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """A value together with content blocks.

    Attributes:
        value: What the spec says that the operation returns; goes out as structured content.
        content: What models and people are shown; without any, the value as text.
        meta: Goes out as the result's `_meta`.
    """

    value: T
    content: Sequence[Block] = ()
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A result as it goes out, unchecked: of functions that were tools or prompts of an SDK, and answer as there.

    Attributes:
        result: `content`, and what else a `CallToolResult` has; of a prompt, `messages`.
    """

    result: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Completions:
    """Values that what was typed may become; the first 100 of them go out.

    Attributes:
        total: How many there are in all, if that is known.
        more: Whether there are more than these.
    """

    values: Sequence[str]
    total: int | None = None
    more: bool = False
