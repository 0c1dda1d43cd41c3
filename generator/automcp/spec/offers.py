"""The declarations of a spec that are about resources, prompts, questions, and who may use what."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.source import Span
from .bindings import OfferRun
from .document import At, Node


@dataclass(frozen=True, slots=True)
class IconDecl:
    """One item of `icons`."""

    src: At[str]
    mime: At[str] | None
    sizes: tuple[At[str], ...]
    theme: At[str] | None


@dataclass(frozen=True, slots=True)
class PolicyDecl:
    """`policies.NAME`, or a policy without a name where it is used."""

    name: At[str]
    scopes: tuple[At[str], ...]
    allow_clients: tuple[At[str], ...]
    allow_subjects: tuple[At[str], ...]
    deny_clients: tuple[At[str], ...]
    deny_subjects: tuple[At[str], ...]


@dataclass(frozen=True, slots=True)
class CacheDecl:
    """A cache hint; `name` is the key that it stands behind."""

    name: At[str]
    ttl: At[float]
    scope: At[str] | None


@dataclass(frozen=True, slots=True)
class ShownDecl:
    """What tools, resources and prompts say of themselves in the same words."""

    icons: tuple[IconDecl, ...]
    meta: Node | None
    tags: tuple[At[str], ...]
    policy: PolicyDecl | At[str] | None


@dataclass(frozen=True, slots=True)
class CompletionDecl:
    """`complete`: `values`, or a handler if there are none."""

    span: Span
    values: tuple[At[str], ...] | None


@dataclass(frozen=True, slots=True)
class VariableDecl:
    """`variables.NAME` of a resource; `schema` holds every key but `complete`."""

    name: At[str]
    schema: Node
    complete: CompletionDecl | None


@dataclass(frozen=True, slots=True)
class ResourceDecl:
    """`groups.GROUP.resources.NAME`; at most one of `text`, `binary` and `returns`."""

    name: At[str]
    span: Span
    uri: At[str]
    wire_name: At[str] | None
    title: At[str] | None
    description: At[str] | None
    mime: At[str] | None
    text: At[str] | None
    binary: At[bool] | None
    returns: Node | None
    variables: tuple[VariableDecl, ...]
    subscribable: At[bool] | None
    audience: tuple[At[str], ...]
    priority: At[float] | None
    modified: At[str] | None
    size: At[int] | None
    cache: CacheDecl | None
    run: OfferRun | None
    shown: ShownDecl
    errors: tuple[At[str], ...]
    timeout: At[float] | None


@dataclass(frozen=True, slots=True)
class PromptArgumentDecl:
    """`arguments.NAME` of a prompt."""

    name: At[str]
    description: At[str] | None
    optional: At[bool] | None
    complete: CompletionDecl | None


@dataclass(frozen=True, slots=True)
class PromptMessageDecl:
    """One item of `messages`."""

    role: At[str] | None
    text: At[str]


@dataclass(frozen=True, slots=True)
class PromptDecl:
    """`groups.GROUP.prompts.NAME`."""

    name: At[str]
    span: Span
    wire_name: At[str] | None
    title: At[str] | None
    description: At[str] | None
    arguments: tuple[PromptArgumentDecl, ...]
    messages: tuple[PromptMessageDecl, ...] | None
    run: OfferRun | None
    asks: tuple[At[str], ...]
    shown: ShownDecl
    errors: tuple[At[str], ...]
    timeout: At[float] | None


@dataclass(frozen=True, slots=True)
class QuestionDecl:
    """`questions.NAME`; one of `form` and `url`."""

    name: At[str]
    message: At[str]
    form: Node | None
    url: At[str] | None


@dataclass(frozen=True, slots=True)
class AuthDecl:
    """`auth`."""

    span: Span
    issuer: At[str] | None
    resource: At[str] | None
    scopes: tuple[At[str], ...]
    documentation: At[str] | None
