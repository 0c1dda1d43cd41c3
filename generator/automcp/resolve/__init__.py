"""Binds every name of a spec and bundles its schemas: a `Document` becomes a `Service`."""

from __future__ import annotations

import posixpath
import re
from typing import cast

from ..ir.model import Service, Setting
from ..ir.offers import Auth, Cache
from ..ir.values import ABSENT, Json, JsonSchema
from ..spec.document import At, Declarations, Document, SettingDecl
from ..spec.keywords import member, text_of
from ..text.names import Name
from ..text.report import Diagnostic, Label, Report, quoted
from .access import Policies, resolve_auth, setting_of
from .backends import Backends
from .bindings import Bindings, errors_of
from .bindings.python import known_as
from .bundle import embed, plain
from .cards import icons, text
from .errors import Errors
from .examples import broken_default
from .groups import Groups
from .kinds import Kinds
from .library import Library
from .names import WireNames, clash, merge, report_python_clashes, report_reserved_errors
from .places import places
from .questions import resolve_questions
from .resources import cache_hint
from .suggestions import Suggestions
from .templates import Shared

__all__ = ["resolve"]

_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)+/?")
_METHODS = {
    "tools": "tools/list",
    "prompts": "prompts/list",
    "resources": "resources/list",
    "templates": "resources/templates/list",
    "read": "resources/read",
    "discover": "server/discover",
}


def resolve(document: Document, report: Report) -> Service:
    """Turn a decoded spec into the service that targets read.

    All findings go to `report`; while it has an error in it, the service is there but must not be used.
    """
    declared = merge(document, report)
    report_python_clashes(declared, report)
    report_reserved_errors(declared, report)
    library = Library(document, declared.schemas, report)
    errors = Errors.of(declared.errors, library, report, foreign=_errors_of_apis(declared))
    questions = resolve_questions(declared, library, report)
    settings = tuple(_setting(one, document, library, report) for one in declared.settings)
    _report_shared_variables(declared.settings, settings, report)
    names = WireNames.of(document, declared.groups, report)
    policies = Policies.of(document, declared, report)
    bindings = _bindings(document, declared, settings, library, report)
    groups = Groups(library, errors, questions, policies, bindings, names, report)
    return Service(
        name=Name.parse(document.name.value),
        key=document.name.value,
        version=document.version.value,
        title=text(document.title),
        description=text(document.description),
        instructions=text(document.instructions),
        website=text(document.website),
        source=posixpath.basename(document.source),
        schemas=library.schemas(),
        errors=errors.all,
        settings=settings,
        groups=groups.resolve(declared.groups),
        lifespan=document.lifespan is not None and document.lifespan.value,
        icons=icons(document.icons),
        questions=tuple(questions.values()),
        auth=_auth(document, settings, report),
        caches=_caches(document),
        page_size=document.page_size.value if document.page_size else None,
        health=_health(document, report),
        state_key=_state_key(document, settings, report),
        extensions=_extensions(document),
        backends=tuple(bindings.backends.found.values()),
        known_as=bindings.known,
        places=places(document, declared),
    )


def _errors_of_apis(declared: Declarations) -> set[str]:
    """The errors that stand for answers over HTTP, whose data an API makes that is not ours."""
    runs = (one.run for group in declared.groups for one in group.operations)
    return {
        name.value
        for run in runs
        if run is not None and run.kind.value == "http"
        for name in errors_of(run)
    }


def _bindings(
    document: Document,
    declared: Declarations,
    settings: tuple[Setting, ...],
    library: Library,
    report: Report,
) -> Bindings:
    def named(key: str) -> JsonSchema | None:
        return library.text(key) if key in library.named else None

    by_key = {one.key: one for one in settings}
    shared = Shared(by_key, Kinds(named), Suggestions(), report)
    known = known_as(document.server, shared)
    return Bindings(Backends.of(declared.backends, shared), shared, known)


def _auth(document: Document, settings: tuple[Setting, ...], report: Report) -> Auth | None:
    if document.auth is None:
        return None
    return resolve_auth(document.auth, tuple(one.key for one in settings), report)


def _caches(document: Document) -> dict[str, Cache]:
    hints = ((_METHODS[one.name.value], cache_hint(one)) for one in document.caches)
    return {method: hint for method, hint in hints if hint is not None}


def _health(document: Document, report: Report) -> str | None:
    path = document.health
    if path is not None and (not _PATH.fullmatch(path.value) or path.value == "/mcp"):
        message = f"{quoted(path.value)} cannot be the path of a page of its own"
        report.add(Diagnostic("AM230", message, Label(path.span), help="such as `/health`"))
    return text(path)


def _state_key(document: Document, settings: tuple[Setting, ...], report: Report) -> str | None:
    said = document.state_key
    if said is None:
        return None
    name = setting_of(said.value)
    found = next((one for one in settings if one.key == name), None)
    if found is None or not found.secret or found.optional or found.schema.get("type") != "string":
        message = f"{quoted(said.value)} is no secret that is always there"
        hint = "write `{settings.NAME}`, of a setting with `type: string` and `secret: true`"
        report.add(Diagnostic("AM231", message, Label(said.span), help=hint))
    return name


def _extensions(document: Document) -> dict[str, dict[str, Json]]:
    return {name.value: cast("dict[str, Json]", plain(node)) for name, node in document.extensions}


def _setting(
    declared: SettingDecl, document: Document, library: Library, report: Report
) -> Setting:
    bound = library.bind(declared.schema, declared.name.span)
    root = embed(bound)
    published = library.publish(root if isinstance(root, dict) else {}, [bound])
    validator = library.compile(published, [bound], declared.name.span)
    default = member(declared.schema, "default")
    if validator and default:
        for error in validator.iter_errors(plain(default)):
            report.add(broken_default(default, error, error.instance_path))
    name = Name.parse(declared.name.value)
    service = Name.parse(document.name.value)
    return Setting(
        name=name,
        key=declared.name.value,
        schema={key: value for key, value in published.items() if key != "default"},
        env=declared.env.value if declared.env else f"{service.constant}_{name.constant}",
        secret=declared.secret is not None and declared.secret.value,
        optional=declared.optional is not None and declared.optional.value,
        default=ABSENT if default is None else plain(default),
        description=text_of(member(declared.schema, "description")),
    )


def _report_shared_variables(
    declared: tuple[SettingDecl, ...], settings: tuple[Setting, ...], report: Report
) -> None:
    first: dict[str, At[str]] = {}
    for one, setting in zip(declared, settings, strict=True):
        at = one.env or one.name
        earlier = first.setdefault(setting.env, at)
        if earlier is not at:
            message = f"two settings are read from {quoted(setting.env)}"
            report.add(clash("AM216", message, at, earlier, "the other one"))
