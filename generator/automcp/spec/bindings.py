"""The declarations of a spec that say what an operation does (`run`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ..text.source import Span
from .backends import Alternatives, Texts
from .document import At, Node


@dataclass(frozen=True, slots=True)
class HttpValueDecl:
    """One of `path`, `query`, `headers` and `cookies`; `value` is `None` in `path`."""

    name: At[str]
    value: Node | None
    style: At[str] | None
    explode: At[bool] | None
    reserved: At[bool] | None


@dataclass(frozen=True, slots=True)
class HttpPartDecl:
    """`parts.NAME`."""

    name: At[str]
    media_type: At[str] | None
    file: At[bool] | None
    style: At[str] | None
    explode: At[bool] | None
    headers: Texts


@dataclass(frozen=True, slots=True)
class HttpPagesDecl:
    """`pages`; `by` is the key that says how, and `parameter` what stands behind it (`link` has none)."""

    by: At[str]
    parameter: At[str] | None
    at: At[str] | None
    items: At[str] | None
    limit: At[int] | None


@dataclass(frozen=True, slots=True)
class HttpDecl:
    """`run.http`; `verb` is the key in front of the path."""

    backend: At[str] | None
    verb: At[str]
    path: At[str]
    styles: tuple[HttpValueDecl, ...]
    query: tuple[HttpValueDecl, ...]
    headers: tuple[HttpValueDecl, ...]
    cookies: tuple[HttpValueDecl, ...]
    body: At[Node] | None
    sent_as: At[str] | None
    parts: tuple[HttpPartDecl, ...]
    auth: Alternatives | None
    errors: Texts
    answer: At[str] | None
    at: At[str] | None
    pages: HttpPagesDecl | None


@dataclass(frozen=True, slots=True)
class ArgumentDecl:
    """One item of `argv`."""

    value: At[str]
    flag: At[str] | None = None
    dashes: At[bool] | None = None


@dataclass(frozen=True, slots=True)
class CommandDecl:
    """`run.command`."""

    arguments: tuple[ArgumentDecl, ...]
    stdin: At[str] | None
    folder: At[str] | None
    inherits: tuple[At[str], ...] | None
    environment: Texts
    output: At[str] | None
    succeeds: tuple[At[int], ...]
    errors: Texts
    limit: At[int] | None


@dataclass(frozen=True, slots=True)
class SqlDecl:
    """`run.sql`."""

    backend: At[str] | None
    statement: At[str]
    bind: tuple[tuple[At[str], Node], ...]
    rows: At[str] | None
    limit: At[int] | None
    errors: Texts


@dataclass(frozen=True, slots=True)
class FileDecl:
    """`run.file`; `act` is the key in front of the path."""

    backend: At[str] | None
    act: At[str]
    path: At[str]
    content: At[str] | None
    binary: At[bool] | None
    pattern: At[str] | None
    limit: At[int] | None
    errors: Texts


@dataclass(frozen=True, slots=True)
class PythonDecl:
    """`run.python`."""

    function: At[str]
    context: At[bool] | None
    sdk: At[str] | None


@dataclass(frozen=True, slots=True)
class ProxyDecl:
    """`run.proxy`."""

    backend: At[str] | None
    tool: At[str] | None


@dataclass(frozen=True, slots=True)
class OfferProxyDecl:
    """`run.proxy` of a resource or a prompt.

    Attributes:
        span: The key.
        named: What it is called there: an address, or a name.
    """

    span: Span
    backend: At[str] | None
    named: At[str] | None


OfferRun: TypeAlias = OfferProxyDecl | PythonDecl
"""`run` of a resource or a prompt."""

Call: TypeAlias = HttpDecl | CommandDecl | SqlDecl | FileDecl | PythonDecl | ProxyDecl


@dataclass(frozen=True, slots=True)
class RunDecl:
    """`run`; `kind` is the key that says what is run."""

    kind: At[str]
    call: Call
