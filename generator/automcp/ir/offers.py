"""Resources, prompts and questions; what people are shown; who may use what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ..text.names import Name
from .bindings import ProxyPrompt, ProxyRead, PythonCall
from .values import ErrorType, Json, JsonSchema, Output


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture of the service, or of something that it offers (MCP 2025-11-25, icons)."""

    src: str
    mime_type: str | None
    sizes: tuple[str, ...]
    theme: Literal["light", "dark"] | None


@dataclass(frozen=True, slots=True)
class Card:
    """What people and models are told of a tool, a resource or a prompt beside its name.

    Attributes:
        meta: Goes out as `_meta`, word for word.
        tags: Go out as `_meta.tags`.
    """

    title: str | None
    description: str | None
    icons: tuple[Icon, ...] = ()
    meta: Mapping[str, Json] = field(default_factory=dict[str, Json])
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may use something. To others it does not exist.

    Attributes:
        scopes: All of these the caller's token must allow.
        allow_clients: If not empty, the OAuth clients that may; nobody else.
        deny_clients: The OAuth clients that may not, whatever else is said.
        allow_subjects: If not empty, the people who may; nobody else.
        deny_subjects: The people who may not, whatever else is said.
    """

    scopes: tuple[str, ...] = ()
    allow_clients: tuple[str, ...] = ()
    deny_clients: tuple[str, ...] = ()
    allow_subjects: tuple[str, ...] = ()
    deny_subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cache:
    """How long a client may keep an answer (MCP 2026-07-28, caching).

    Attributes:
        ttl: Milliseconds.
        scope: Whether the answer is everybody's or the caller's own.
    """

    ttl: int
    scope: Literal["public", "private"]


CompletionSource: TypeAlias = Literal["handler"] | tuple[str, ...]
"""Where the completions of a value come from: a handler method, or values that the spec lists."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a handler may ask the user: a form, or a page to visit. Exactly one of the two is there.

    Attributes:
        key: Its name in the spec, and its key on the wire.
        message: What the user reads, unless the handler says something else.
        form: The form's schema, an object of strings, numbers, booleans and enumerations (MCP, elicitation).
        url: The page's address, unless the handler gives another.
    """

    name: Name
    key: str
    message: str
    form: dict[str, Json] | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a resource template.

    Attributes:
        schema: What its text must fit; `True` if anything.
        exploded: Whether its value is a list of texts (`{name*}`, RFC 6570).
    """

    key: str
    schema: JsonSchema
    exploded: bool
    description: str | None
    completion: CompletionSource | None


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource, or a template of many.

    Attributes:
        name: Its name within the group.
        key: Its name on the wire, unique in the service.
        uri: Its address; with variables, a URI template (RFC 6570).
        variables: In the template's order; empty for a single resource.
        content: What the handler gives: text, bytes, or a value that goes out as JSON.
        output: The value, with `"json"`; else `None`.
        literal: The text itself, where the spec holds it and no handler is needed.
        audience: For whom it is meant: `user`, `assistant`.
        size: In bytes, if the spec says.
        policies: All of these must let the caller through.
        run: What reads it, if the spec says so, and completes its variables; else handlers are written by hand.
    """

    name: Name
    key: str
    uri: str
    variables: tuple[Variable, ...]
    card: Card
    mime_type: str
    content: Literal["text", "bytes", "json"]
    output: Output | None
    literal: str | None
    audience: tuple[str, ...]
    priority: float | None
    last_modified: str | None
    size: int | None
    subscribable: bool
    cache: Cache | None
    errors: tuple[ErrorType, ...]
    timeout: float | None
    policies: tuple[Policy, ...]
    run: ProxyRead | PythonCall | None = None


@dataclass(frozen=True, slots=True)
class PromptArgument:
    """One argument of a prompt; its value is always text."""

    key: str
    description: str | None
    required: bool
    completion: CompletionSource | None


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """A message that the spec holds itself; `{argument}` stands for the argument's text."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt.

    Attributes:
        key: Its name on the wire, unique in the service.
        messages: What it says, where the spec holds it and no handler is needed; else empty.
        asks: The questions that its handler may ask.
        run: What fills it in, if the spec says so, and completes its arguments; else handlers are written by hand.
    """

    name: Name
    key: str
    card: Card
    arguments: tuple[PromptArgument, ...]
    messages: tuple[PromptMessage, ...]
    asks: tuple[Question, ...]
    errors: tuple[ErrorType, ...]
    timeout: float | None
    policies: tuple[Policy, ...]
    run: ProxyPrompt | PythonCall | None = None


@dataclass(frozen=True, slots=True)
class Auth:
    """Who may connect over HTTP: callers with a token (RFC 6750) that the service's own code accepts.

    Attributes:
        issuer: The authorization server, or `None` if callers get their tokens some other way. A literal
            URL, or `{settings.NAME}`.
        resource: This server's own public URL (RFC 9728), written in the same two ways; there if `issuer` is.
        scopes: What every token must allow.
        documentation: A page about how to get access.
    """

    issuer: str | None
    resource: str | None
    scopes: tuple[str, ...]
    documentation: str | None
