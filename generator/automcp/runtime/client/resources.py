"""What a client gets of resources, prompts and completions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..shared.content import Annotations, Message, Text
from ..shared.model import Json


@dataclass(frozen=True, slots=True)
class ResourceContents:
    """What a resource, or a part of it, holds.

    Attributes:
        body: Text or bytes, as the server sent it.
    """

    uri: str
    body: str | bytes
    mime_type: str | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class ResourceFamily:
    """The resources that fit a template (RFC 6570)."""

    uri_template: str
    name: str
    title: str | None = None
    description: str | None = None
    mime_type: str | None = None
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class PromptArgument:
    """One argument of a prompt."""

    name: str
    title: str | None = None
    description: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class PromptInfo:
    """A prompt that the server offers."""

    name: str
    title: str | None = None
    description: str | None = None
    arguments: tuple[PromptArgument, ...] = ()
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt, filled in: what to say to a model."""

    messages: tuple[Message, ...]
    description: str | None = None

    @property
    def text(self) -> str:
        """The text blocks of all messages, a line break between them."""
        blocks = (message.content for message in self.messages)
        return "\n".join(block.text for block in blocks if isinstance(block, Text))


@dataclass(frozen=True, slots=True)
class PromptRef:
    """A prompt whose argument is to be completed."""

    name: str


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """A resource template whose variable is to be completed."""

    uri_template: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What an argument may go on to, the best first.

    Attributes:
        values: At most 100.
        total: How many there are in all, if the server says so.
        more: Whether there are more than these.
    """

    values: tuple[str, ...]
    total: int | None = None
    more: bool = False
