"""The spec as it was written: every declaration with its place, nothing looked up yet.

References are still strings inside `Node`s. `decode` builds these types, `resolve` turns them into an
`ir.model.Service`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from ..text.source import Span

if TYPE_CHECKING:
    from .backends import BackendDecl
    from .bindings import RunDecl
    from .offers import (
        AuthDecl,
        CacheDecl,
        IconDecl,
        PolicyDecl,
        PromptDecl,
        QuestionDecl,
        ResourceDecl,
        ShownDecl,
    )

T = TypeVar("T")
Scalar: TypeAlias = bool | int | float | str | None


# As many of them as of spans.
class Node(NamedTuple):
    """A JSON value that knows where it stands.

    Attributes:
        value: A scalar, a tuple of nodes, or a mapping from key text to (key node, value node).
    """

    value: Scalar | tuple[Node, ...] | Mapping[str, tuple[Node, Node]]
    span: Span


@dataclass(frozen=True, slots=True)
class At(Generic[T]):
    """A decoded value and where it stands."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class SchemaDecl:
    """`schemas.NAME`."""

    name: At[str]
    schema: Node


@dataclass(frozen=True, slots=True)
class ErrorDecl:
    """`errors.NAME`."""

    name: At[str]
    description: At[str]
    data: Node | None
    retryable: At[bool] | None


@dataclass(frozen=True, slots=True)
class SettingDecl:
    """`settings.NAME`; `schema` holds every key but the ones below."""

    name: At[str]
    schema: Node
    env: At[str] | None
    secret: At[bool] | None
    optional: At[bool] | None


@dataclass(frozen=True, slots=True)
class ParamDecl:
    """`params.NAME`; `schema` holds every key but the ones below."""

    name: At[str]
    schema: Node
    optional: At[bool] | None
    header: At[str] | None = None


@dataclass(frozen=True, slots=True)
class ExampleDecl:
    """One item of `examples`; `params` is a mapping node, `error` a name or `{name, data}`."""

    span: Span
    name: At[str]
    description: At[str] | None
    params: Node | None
    returns: Node | None
    error: At[str] | None
    error_data: Node | None


@dataclass(frozen=True, slots=True)
class OperationDecl:
    """`groups.GROUP.operations.NAME`; exactly one of `params` and `input`, or neither."""

    name: At[str]
    span: Span
    wire_name: At[str] | None
    title: At[str] | None
    description: At[str] | None
    params: tuple[ParamDecl, ...] | None
    input: Node | None
    keywords: At[bool] | None
    returns: Node | None
    structured: At[bool] | None
    effect: At[str] | None
    idempotent: At[bool] | None
    open_world: At[bool] | None
    annotations: Node | None
    run: RunDecl | None
    errors: tuple[At[str], ...]
    timeout: At[float] | None
    uses: tuple[At[str], ...]
    content: tuple[At[str], ...]
    asks: tuple[At[str], ...]
    needs: tuple[At[str], ...]
    task: At[str] | None
    ui: At[str] | None
    shown: ShownDecl
    examples: tuple[ExampleDecl, ...]


@dataclass(frozen=True, slots=True)
class GroupDecl:
    """`groups.NAME`."""

    name: At[str]
    title: At[str] | None
    description: At[str] | None
    tags: tuple[At[str], ...]
    policy: PolicyDecl | At[str] | None
    operations: tuple[OperationDecl, ...]
    resources: tuple[ResourceDecl, ...]
    prompts: tuple[PromptDecl, ...]


@dataclass(frozen=True, slots=True)
class ServerDecl:
    """`server`."""

    sdk: At[str]
    name: At[str] | None
    version: At[str] | None
    unknown: At[str] | None


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a spec and every file that it includes may declare."""

    settings: tuple[SettingDecl, ...] = ()
    backends: tuple[BackendDecl, ...] = ()
    errors: tuple[ErrorDecl, ...] = ()
    schemas: tuple[SchemaDecl, ...] = ()
    questions: tuple[QuestionDecl, ...] = ()
    policies: tuple[PolicyDecl, ...] = ()
    groups: tuple[GroupDecl, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One spec: its head, its declarations, and those of the files that it includes, in include order.

    Attributes:
        files: Every file that was read, by name, for references such as `./common.yaml#/schemas/X`.
            The spec itself is among them.
    """

    source: str
    span: Span
    name: At[str]
    version: At[str]
    title: At[str] | None
    description: At[str] | None
    instructions: At[str] | None
    website: At[str] | None
    naming: At[str] | None
    lifespan: At[bool] | None
    server: ServerDecl | None
    icons: tuple[IconDecl, ...]
    auth: AuthDecl | None
    health: At[str] | None
    state_key: At[str] | None
    caches: tuple[CacheDecl, ...]
    page_size: At[int] | None
    extensions: tuple[tuple[At[str], Node], ...]
    declared: Declarations
    included: tuple[Declarations, ...]
    files: Mapping[str, Node]
