"""What a server may ask of a client while it works, what the client answers, and who does: `Callbacks`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self, TypeAlias, TypeVar

from ..shared.content import Audio, Block, Image, Role, Text
from ..shared.model import Json
from .changes import Change

T = TypeVar("T")

Action: TypeAlias = Literal["accept", "decline", "cancel"]
LogLevel: TypeAlias = Literal[
    "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"
]


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A form for the user (MCP, elicitation, form mode). Its texts are the server's: safe to show, not to run.

    Attributes:
        schema: A JSON Schema of an object whose members are strings, numbers, booleans or enumerations.
    """

    message: str
    schema: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class UrlQuestion:
    """A page that the user is to visit (MCP 2025-11-25, elicitation, URL mode).

    Show the whole address and ask before opening it: the server chose it.

    Attributes:
        id: Names this visit; in protocol 2026-07-28 nothing does.
    """

    message: str
    url: str
    id: str | None = None


Question: TypeAlias = FormQuestion | UrlQuestion


@dataclass(frozen=True, slots=True)
class Answered:
    """What the user did with a question; made by `accept`, `decline` and `cancel`."""

    action: Action
    content: Mapping[str, Json] | None = None

    @classmethod
    def accept(cls, content: Mapping[str, Json] | None = None) -> Self:
        """The user said yes. What `content` leaves out of a form gets the form's defaults (SEP-1034)."""
        return cls("accept", content)

    @classmethod
    def decline(cls) -> Self:
        """The user said no."""
        return cls("decline")

    @classmethod
    def cancel(cls) -> Self:
        """The user closed it without a choice."""
        return cls("cancel")


@dataclass(frozen=True, slots=True)
class ToolUse:
    """The model wants a tool called.

    Attributes:
        id: Names this use in the `ToolOutcome` that answers it.
    """

    id: str
    name: str
    arguments: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """What came of a `ToolUse`.

    Attributes:
        id: The use's.
    """

    id: str
    content: tuple[Block, ...]
    structured: Json = None
    failed: bool = False


SampleBlock: TypeAlias = Text | Image | Audio | ToolUse | ToolOutcome


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation that a model is to go on with."""

    role: Role
    content: tuple[SampleBlock, ...]

    @property
    def text(self) -> str:
        """Its text blocks, joined."""
        return "".join(block.text for block in self.content if isinstance(block, Text))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleQuestion:
    """A request to the client's model (MCP, sampling).

    Attributes:
        max_tokens: The most that the model may write.
        stop: Texts that end the answer.
        tools: Tools that the model may ask for, as on the wire; only with `Callbacks.sample_tools`.
        options: Further members as on the wire: `modelPreferences`, `toolChoice`, `includeContext`, `metadata`.
    """

    messages: tuple[Turn, ...]
    max_tokens: int
    system: str | None = None
    temperature: float | None = None
    stop: tuple[str, ...] = ()
    tools: tuple[Mapping[str, Json], ...] = ()
    options: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What the model said.

    Attributes:
        content: A text, a block, or several blocks.
        model: Which model it was.
        stop_reason: Why it stopped: `endTurn`, `stopSequence`, `maxTokens`, `toolUse`, or the model's own word.
    """

    content: str | SampleBlock | Sequence[SampleBlock]
    model: str
    stop_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A place that the client works in; `uri` begins with `file://`."""

    uri: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class LogMessage:
    """What the server logs for the client to see; `data` is any JSON."""

    level: LogLevel
    data: Json
    logger: str | None = None


Answering: TypeAlias = T | Awaitable[T]
"""What a callback returns: it may be `async def` or, if it is quick, a plain function."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """What answers the server's questions, and hears what it says unasked. The same ones serve both protocol eras.

    A server is told only of the abilities that are given here. What a callback raises ends the call that
    was on its way at 2026-07-28; at 2025-11-25 the server hears that there is no answer, the log hears why.

    Attributes:
        elicit: Asks the user.
        sample: Asks the client's model.
        sample_tools: Whether `sample` knows what to do with tools.
        roots: Says where the client works.
        log: Hears log messages of at least `log_level`.
        changed: Hears that something of the server's changed. A server of 2026-07-28 tells that to
            those only who `listen`.
        visited: Hears, with the id of a `UrlQuestion`, that what was to be done there is done.
    """

    elicit: Callable[[Question], Answering[Answered]] | None = None
    sample: Callable[[SampleQuestion], Answering[SampleAnswer]] | None = None
    sample_tools: bool = False
    roots: Callable[[], Answering[Sequence[Root]]] | None = None
    log: Callable[[LogMessage], Answering[None]] | None = None
    log_level: LogLevel = "info"
    changed: Callable[[Change], Answering[None]] | None = None
    visited: Callable[[str], Answering[None]] | None = None
