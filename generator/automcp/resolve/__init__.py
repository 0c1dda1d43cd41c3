"""Binds every name of a spec and bundles its schemas: a `Document` becomes a `Service`."""

from __future__ import annotations

import posixpath

from jsonschema_rs import Draft202012Validator

from ..ir.model import ABSENT, ErrorType, Service, Setting
from ..spec.document import At, Document, ErrorDecl, SettingDecl
from ..spec.keywords import member, text_of
from ..text.names import Name
from ..text.report import Report, quoted
from .bundle import embed, plain
from .examples import broken_default
from .library import Library
from .loops import surely_object
from .names import clash, merge, name_tools, report_python_clashes, report_reserved_errors
from .operations import Operations, no_object

__all__ = ["resolve"]


def resolve(document: Document, report: Report) -> Service:
    """Turn a decoded spec into the service that targets read.

    All findings go to `report`; while it has an error in it, the service is there but must not be used.
    """
    declared = merge(document, report)
    report_python_clashes(declared, report)
    report_reserved_errors(declared, report)
    library = Library(document, declared.schemas, report)
    errors = {one.name.value: _error(one, library, report) for one in declared.errors}
    tools = name_tools(document, declared.groups, report)
    operations = Operations(library, tools, errors, report)
    groups = tuple(operations.group(one) for one in declared.groups)
    settings = tuple(_setting(one, document, library, report) for one in declared.settings)
    _report_shared_variables(declared.settings, settings, report)
    return Service(
        name=Name.parse(document.name.value),
        key=document.name.value,
        version=document.version.value,
        title=_value(document.title),
        description=_value(document.description),
        instructions=_value(document.instructions),
        website=_value(document.website),
        source=posixpath.basename(document.source),
        schemas=library.schemas(),
        errors=tuple(error for error, _ in errors.values()),
        settings=settings,
        groups=groups,
        lifespan=document.lifespan is not None and document.lifespan.value,
    )


def _error(
    declared: ErrorDecl, library: Library, report: Report
) -> tuple[ErrorType, Draft202012Validator | None]:
    key, description = declared.name.value, declared.description.value
    retryable = declared.retryable is not None and declared.retryable.value
    if declared.data is None:
        return ErrorType(key, description, None, None, retryable), None
    bound = library.bind(declared.data, declared.name.span)
    if not surely_object(bound, library.named):
        report.add(no_object("the `data` of an error", declared.data))
    data = embed(bound)
    published = library.publish(data if isinstance(data, dict) else {}, [bound])
    validator = library.compile(published, [bound], declared.name.span)
    return ErrorType(key, description, data, published, retryable), validator


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


def _value(declared: At[str] | None) -> str | None:
    return declared.value if declared else None
