"""What a handler may ask the client: the user, its model, or where it works; and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, Protocol, Self, TypeAlias, TypeVar, cast

from pydantic import ValidationError

from ..shared.content import Block, Message, Text, from_wire, message_to_wire
from ..shared.model import Json, Model, typed
from ..shared.schema import Schema
from ..shared.surface import Surface
from .request import Wire

AnswerT = TypeVar("AnswerT")
AnswerT_co = TypeVar("AnswerT_co", covariant=True)
FormT = TypeVar("FormT", bound=Model)
ModelT = TypeVar("ModelT", bound=Model)


Action: TypeAlias = Literal["accept", "decline", "cancel"]
_ACTIONS: dict[str, Action] = {"accept": "accept", "decline": "decline", "cancel": "cancel"}


class BadReply(Exception):
    """What the client answered is not what was asked for; the question is put again."""


class Question(Protocol[AnswerT_co]):
    """Something that `Context.ask` can ask."""

    @property
    def key(self) -> str:
        """What the answer is filed under, the same each time the handler runs."""
        ...

    @property
    def method(self) -> str:
        """The protocol's method that carries it."""
        ...

    @property
    def needs(self) -> Wire:
        """What the client has to declare for it."""
        ...

    def params(self) -> Wire:
        """What goes out."""
        ...

    def read(self, result: Wire) -> AnswerT_co:
        """What came back. Raises `BadReply` if it does not fit."""
        ...


@dataclass(frozen=True, slots=True)
class Reply(Generic[AnswerT]):
    """What the user did with a question.

    Attributes:
        action: Whether they answered, said no, or closed it.
        content: What they filled in; `None` unless they accepted a form.
    """

    action: Action
    content: AnswerT | None = None

    @property
    def accepted(self) -> bool:
        return self.action == "accept"


@dataclass(frozen=True, slots=True)
class Form(Generic[FormT]):
    """A form for the user (MCP, elicitation, form mode).

    Attributes:
        schema: What the protocol allows of JSON Schema: an object of strings, numbers, booleans, enumerations.
        model: What the filled-in form becomes.
    """

    key: str
    message: str
    schema: Schema
    model: type[FormT]

    @staticmethod
    def of(key: str, surface: Surface, model: type[ModelT]) -> Form[ModelT]:
        """The form that the surface has under `key`."""
        said = cast("Wire", surface.section("questions")[key])
        return Form(key, cast("str", said["message"]), Schema(cast("Wire", said["form"])), model)

    def saying(self, message: str) -> Self:
        """The same form under other words."""
        return replace(self, message=message)

    @property
    def method(self) -> str:
        return "elicitation/create"

    @property
    def needs(self) -> Wire:
        return {"elicitation": {"form": {}}}

    def params(self) -> Wire:
        return {
            "mode": "form",
            "message": self.message,
            "requestedSchema": self.schema.document,
        }

    def read(self, result: Wire) -> Reply[FormT]:
        action = _action(result)
        if action != "accept":
            return Reply(action)
        content = result.get("content") or {}
        if violations := self.schema.violations(content):
            raise BadReply("; ".join(map(str, violations)))
        try:
            return Reply(action, typed(self.model.model_validate, content))
        except ValidationError as error:
            raise BadReply(str(error)) from None


@dataclass(frozen=True, slots=True)
class Url:
    """A page that the user has to visit (MCP 2025-11-25, elicitation, URL mode)."""

    key: str
    message: str
    url: str

    @classmethod
    def of(cls, key: str, surface: Surface) -> Self:
        """The page that the surface has under `key`."""
        said = cast("dict[str, str]", surface.section("questions")[key])
        return cls(key, said["message"], said["url"])

    def saying(self, message: str) -> Self:
        """The same page under other words."""
        return replace(self, message=message)

    def at(self, url: str) -> Self:
        """Another page under the same words, say with a token of this call."""
        return replace(self, url=url)

    @property
    def method(self) -> str:
        return "elicitation/create"

    @property
    def needs(self) -> Wire:
        return {"elicitation": {"url": {}}}

    def params(self) -> Wire:
        return {"mode": "url", "message": self.message, "url": self.url}

    def read(self, result: Wire) -> Reply[None]:
        return Reply(_action(result))


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the client's model said.

    Attributes:
        content: Its blocks; those of kinds that are no content (tool use) are only in `wire`.
        model: Which model it was.
        stop_reason: Why it stopped.
        wire: The whole result as it came.
    """

    content: tuple[Block, ...]
    model: str
    stop_reason: str | None
    wire: Wire

    @property
    def text(self) -> str:
        """Its text blocks, joined."""
        return "".join(block.text for block in self.content if isinstance(block, Text))


@dataclass(frozen=True, slots=True)
class Sample:
    """A request to the client's model (MCP, sampling).

    Attributes:
        messages: A text is one message of the user.
        max_tokens: The most that the model may write.
        options: Further members of the request, as on the wire: `modelPreferences`, `tools`, ...
    """

    messages: str | Sequence[Message]
    max_tokens: int
    system: str | None = None
    temperature: float | None = None
    stop: Sequence[str] = ()
    options: Mapping[str, Json] = field(default_factory=dict[str, Json])
    key: str = "sampling"

    @property
    def method(self) -> str:
        return "sampling/createMessage"

    @property
    def needs(self) -> Wire:
        return {"sampling": {"tools": {}} if "tools" in self.options else {}}

    def params(self) -> Wire:
        said = self.messages
        messages = [Message("user", Text(said))] if isinstance(said, str) else said
        params: Wire = {
            "messages": [message_to_wire(one) for one in messages],
            "maxTokens": self.max_tokens,
        }
        if self.system is not None:
            params["systemPrompt"] = self.system
        if self.temperature is not None:
            params["temperature"] = self.temperature
        if self.stop:
            params["stopSequences"] = list(self.stop)
        return {**params, **self.options}

    def read(self, result: Wire) -> Sampled:
        content = result.get("content")
        blocks = content if isinstance(content, list) else [content]
        kept = [one for one in blocks if isinstance(one, dict) and one.get("type") != "tool_use"]
        try:
            read = tuple(from_wire(one) for one in kept)
        except (KeyError, TypeError, ValueError) as error:
            raise BadReply(f"the content is none: {error}") from None
        reason = result.get("stopReason")
        model = result.get("model")
        return Sampled(
            read,
            model if isinstance(model, str) else "",
            reason if isinstance(reason, str) else None,
            result,
        )


@dataclass(frozen=True, slots=True)
class Root:
    """A place that the client works in."""

    uri: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Roots:
    """Asks where the client works (MCP, roots)."""

    key: str = "roots"

    @property
    def method(self) -> str:
        return "roots/list"

    @property
    def needs(self) -> Wire:
        return {"roots": {}}

    def params(self) -> Wire:
        return {}

    def read(self, result: Wire) -> tuple[Root, ...]:
        roots = result.get("roots")
        if not isinstance(roots, list):
            raise BadReply("it has no list of roots")
        found: list[Root] = []
        for one in roots:
            if not isinstance(one, dict) or not isinstance(uri := one.get("uri"), str):
                raise BadReply("a root has no URI")
            name = one.get("name")
            found.append(Root(uri, name if isinstance(name, str) else None))
        return tuple(found)


def _action(result: Wire) -> Action:
    action = _ACTIONS.get(str(result.get("action")))
    if action is None:
        raise BadReply("it says neither accept nor decline nor cancel")
    return action
