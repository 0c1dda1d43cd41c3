"""What bound operations use: APIs, databases, folders, other servers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..ir.backends import (
    Backend,
    Credentials,
    FilesBackend,
    HttpBackend,
    McpBackend,
    SqlBackend,
    Template,
)
from ..spec.backends import (
    Alternatives,
    BackendDecl,
    FilesBackendDecl,
    HttpBackendDecl,
    McpBackendDecl,
    SqlBackendDecl,
)
from ..spec.document import At
from ..text.names import Name
from ..text.report import Label, quoted
from ..text.source import Span
from .cards import text
from .requests import check_header, check_named, passable
from .schemes import resolve_scheme
from .templates import Scope, Shared
from .urls import assumed_text, url_template

Kind: TypeAlias = type[HttpBackend] | type[SqlBackend] | type[FilesBackend] | type[McpBackend]

TIMEOUT = 30.0
RETRIES = 2

_KEYS: dict[Kind, str] = {
    HttpBackend: "http",
    SqlBackend: "sql",
    FilesBackend: "files",
    McpBackend: "mcp",
}
_PASSWORD = re.compile(r"[a-z]+://[^/@:{]*:[^/@{]+@")
_SCHEMES = re.compile(r"sqlite:(?!//[^/]).+|postgres(?:ql)?://.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Backends:
    """The backends of a spec, and where it declares them."""

    found: Mapping[str, Backend]
    places: Mapping[str, Span]
    shared: Shared

    @classmethod
    def of(cls, declared: Sequence[BackendDecl], shared: Shared) -> Backends:
        """All of them; what is wrong with them is reported."""
        scope = Scope(shared)
        found = {one.name.value: _backend(one, scope) for one in declared}
        return cls(found, {one.name.value: one.name.span for one in declared}, shared)

    def find(self, kind: Kind, said: At[str] | None, at: Span) -> Backend | None:
        """The backend of a kind that a binding means; what is wrong about that is reported.

        Args:
            at: Where the binding stands.
        """
        key = _KEYS[kind]
        fitting = [one for one in self.found.values() if isinstance(one.kind, kind)]
        if said is None:
            if len(fitting) == 1:
                return fitting[0]
            self._unclear(key, fitting, at)
            return None
        backend = self.found.get(said.value)
        if backend is None:
            known = {one.key: one for one in fitting} or self.found
            self.shared.unknown("backend", said, known)
        elif not isinstance(backend.kind, kind):
            message = f"the backend {quoted(said.value)} is none of `{key}`"
            also = (Label(self.places[said.value], "declared here"),)
            help = f"one of: {', '.join(one.key for one in fitting)}" if fitting else None
            self.shared.add("AM236", message, said.span, help, also)
            return None
        return backend

    def _unclear(self, key: str, fitting: Sequence[Backend], at: Span) -> None:
        if fitting:
            message = f"there are {len(fitting)} backends of `{key}`, and nothing says which"
            help = f"add `backend`, one of: {', '.join(one.key for one in fitting)}"
        else:
            message = f"none of `backends` is one of `{key}`"
            help = f"declare one: `backends: {{NAME: {{{key}: ...}}}}`"
        self.shared.add("AM236", message, at, help)


def credentials(
    said: Alternatives | None, schemes: Mapping[str, object], otherwise: Credentials, shared: Shared
) -> Credentials:
    """The alternatives that `use` or `auth` names; unknown schemes are reported."""
    if said is None:
        return otherwise
    for names in said:
        for name in names:
            if name.value not in schemes:
                shared.unknown("scheme", name, schemes)
    return tuple(tuple(name.value for name in names) for names in said)


def _backend(declared: BackendDecl, scope: Scope) -> Backend:
    return Backend(
        name=Name.parse(declared.name.value),
        key=declared.name.value,
        description=text(declared.description),
        kind=_kind(declared, scope),
    )


def _kind(
    declared: BackendDecl, scope: Scope
) -> HttpBackend | SqlBackend | FilesBackend | McpBackend:
    match declared.kind:
        case HttpBackendDecl():
            return _http(declared.kind, scope)
        case SqlBackendDecl(url):
            database = scope.template(url, needed=True)
            _check_database(url, database, scope)
            return SqlBackend(database)
        case FilesBackendDecl(root):
            return FilesBackend(passable(root, scope, needed=True))
        case McpBackendDecl():
            return _mcp(declared.kind, scope)


def _http(declared: HttpBackendDecl, scope: Scope) -> HttpBackend:
    schemes = {one.name.value: resolve_scheme(one, scope) for one in declared.auth}
    for name, value in declared.headers:
        check_header(name, value, scope.shared, own=True)
    return HttpBackend(
        url=url_template(declared.url, scope),
        schemes=schemes,
        auth=credentials(declared.use, schemes, tuple((key,) for key in schemes), scope.shared),
        headers=scope.templates(declared.headers),
        timeout=declared.timeout.value if declared.timeout else TIMEOUT,
        retries=declared.retries.value if declared.retries else RETRIES,
    )


def _mcp(declared: McpBackendDecl, scope: Scope) -> McpBackend:
    for name, value in declared.headers:
        check_header(name, value, scope.shared, own=True)
    command = declared.command or ()
    words = tuple(passable(one, scope, needed=not at) for at, one in enumerate(command))
    for program, at in zip(words[:1], command, strict=False):
        check_named(program, at, scope)
    return McpBackend(
        command=words,
        url=None if declared.url is None else url_template(declared.url, scope),
        environment=scope.templates(declared.environment),
        folder=None if declared.folder is None else passable(declared.folder, scope, needed=True),
        headers=scope.templates(declared.headers),
    )


def _check_database(at: At[str], template: Template, scope: Scope) -> None:
    if _PASSWORD.match(at.value):
        message = "the spec itself says what the password is"
        help = "it is written into the generated package; use a setting with `secret: true`"
        scope.shared.warn("AM313", message, at.span, help)
    assumed = assumed_text(template, scope)
    if assumed is not None and not _SCHEMES.fullmatch(assumed):
        message = f"{quoted(assumed)} is no database that servers can open"
        help = "such as `sqlite:./notes.db` or `postgresql://localhost/notes`"
        scope.shared.add("AM237", message, at.span, help)
