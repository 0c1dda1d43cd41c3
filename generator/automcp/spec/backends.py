"""The declarations of a spec that are about what bound operations use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .document import At

Texts: TypeAlias = tuple[tuple[At[str], At[str]], ...]
"""Texts by name."""

Alternatives: TypeAlias = tuple[tuple[At[str], ...], ...]
"""Alternatives, each of names that count together."""


@dataclass(frozen=True, slots=True)
class SchemeDecl:
    """`auth.NAME` of an HTTP backend; `parts` are the texts that it has, by key."""

    name: At[str]
    parts: Texts
    scopes: tuple[At[str], ...]


@dataclass(frozen=True, slots=True)
class HttpBackendDecl:
    """`http` of a backend."""

    url: At[str]
    auth: tuple[SchemeDecl, ...]
    use: Alternatives | None
    headers: Texts
    timeout: At[float] | None
    retries: At[int] | None


@dataclass(frozen=True, slots=True)
class SqlBackendDecl:
    """`sql` of a backend."""

    url: At[str]


@dataclass(frozen=True, slots=True)
class FilesBackendDecl:
    """`files` of a backend."""

    root: At[str]


@dataclass(frozen=True, slots=True)
class McpBackendDecl:
    """`mcp` of a backend; one of `command` and `url`."""

    command: tuple[At[str], ...] | None
    environment: Texts
    folder: At[str] | None
    url: At[str] | None
    headers: Texts


@dataclass(frozen=True, slots=True)
class BackendDecl:
    """`backends.NAME`."""

    name: At[str]
    description: At[str] | None
    kind: HttpBackendDecl | SqlBackendDecl | FilesBackendDecl | McpBackendDecl
