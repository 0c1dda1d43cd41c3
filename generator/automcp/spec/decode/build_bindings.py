"""Builds the declarations of what operations do from checked nodes."""

from __future__ import annotations

from collections.abc import Mapping

from ...text.source import Span
from ..bindings import (
    ArgumentDecl,
    Call,
    CommandDecl,
    FileDecl,
    HttpDecl,
    HttpPagesDecl,
    HttpPartDecl,
    HttpValueDecl,
    OfferProxyDecl,
    OfferRun,
    ProxyDecl,
    PythonDecl,
    RunDecl,
    SqlDecl,
)
from ..document import At, Node
from .bindings import ACTS
from .build_backends import alternatives, texts
from .fields import Fields, text_of
from .http import REQUEST, VERBS, WAYS


def run(node: Node) -> RunDecl:
    """What stands behind `run`."""
    ((kind, value),) = Fields(node).members()
    return RunDecl(kind, _call(kind.value, value))


def _call(kind: str, node: Node) -> Call:
    if not isinstance(node.value, Mapping):
        said = text_of(node)
        return PythonDecl(said, None, None) if kind == "python" else ProxyDecl(None, said)
    fields = Fields(node)
    match kind:
        case "http":
            return _http(fields)
        case "command":
            return _command(fields)
        case "sql":
            return _sql(fields)
        case "file":
            return _file(fields)
        case "python":
            return PythonDecl(fields.need("call"), fields.flag("context"), fields.text("as"))
        case _:
            return ProxyDecl(fields.text("backend"), fields.text("tool"))


def offered(fields: Fields, name: str) -> OfferRun | None:
    """What stands behind `run` of a resource or a prompt.

    Args:
        name: The key of what it is called there.
    """
    run = fields.record("run")
    if run is None:
        return None
    function = run.record("python")
    if function is not None:
        return PythonDecl(function.need("call"), None, function.text("as"))
    at, node = run.place("proxy").span, run.node("proxy")
    if node is None or not isinstance(node.value, Mapping):
        return OfferProxyDecl(at, None, run.text("proxy"))
    said = Fields(node)
    return OfferProxyDecl(at, said.text("backend"), said.text(name))


def _http(fields: Fields) -> HttpDecl:
    verb, path = _request(fields)
    body = fields.node("body")
    return HttpDecl(
        backend=fields.text("backend"),
        verb=verb,
        path=path,
        styles=tuple(_styled(*entry) for entry in fields.entries("path")),
        query=tuple(_value(*entry) for entry in fields.entries("query")),
        headers=tuple(_value(*entry) for entry in fields.entries("headers")),
        cookies=tuple(_value(*entry) for entry in fields.entries("cookies")),
        body=None if body is None else At(body, fields.place("body").span),
        sent_as=fields.text("as"),
        parts=tuple(_part(*entry) for entry in fields.entries("parts")),
        auth=alternatives(fields, "auth"),
        errors=texts(fields, "errors"),
        answer=fields.text("answer"),
        at=fields.text("at"),
        pages=_pages(fields.record("pages")),
    )


def _request(fields: Fields) -> tuple[At[str], At[str]]:
    """The method in small letters, and the path."""
    verb, node = fields.chosen((*VERBS, REQUEST))
    said = text_of(node)
    if verb.value != REQUEST:
        return verb, said
    method, _, path = said.value.partition(" ")
    start = said.span.text.find(path)
    at = said.span.start + start
    place = Span(said.span.source, at, at + len(path)) if start >= 0 else said.span
    return At(method.lower(), said.span), At(path, place)


def _value(name: At[str], node: Node) -> HttpValueDecl:
    if not isinstance(node.value, Mapping):
        return HttpValueDecl(name, node, None, None, None)
    return _styled(name, node)


def _styled(name: At[str], node: Node) -> HttpValueDecl:
    fields = Fields(node)
    return HttpValueDecl(
        name=name,
        value=fields.node("value"),
        style=fields.text("style"),
        explode=fields.flag("explode"),
        reserved=fields.flag("reserved"),
    )


def _part(name: At[str], node: Node) -> HttpPartDecl:
    fields = Fields(node)
    return HttpPartDecl(
        name=name,
        media_type=fields.text("media_type"),
        file=fields.flag("file"),
        style=fields.text("style"),
        explode=fields.flag("explode"),
        headers=texts(fields, "headers"),
    )


def _pages(fields: Fields | None) -> HttpPagesDecl | None:
    if fields is None:
        return None
    by, parameter = fields.chosen(WAYS)
    if parameter.value is False:
        return None
    return HttpPagesDecl(
        by=by,
        parameter=text_of(parameter) if isinstance(parameter.value, str) else None,
        at=fields.text("at"),
        items=fields.text("items"),
        limit=fields.whole("limit"),
    )


def _command(fields: Fields) -> CommandDecl:
    inherits = None if fields.node("inherit") is None else fields.texts("inherit")
    return CommandDecl(
        arguments=tuple(map(_argument, fields.items("argv"))),
        stdin=fields.text("stdin"),
        folder=fields.text("cwd"),
        inherits=inherits,
        environment=texts(fields, "env"),
        output=fields.text("output"),
        succeeds=fields.wholes("succeeds"),
        errors=texts(fields, "errors"),
        limit=fields.size("limit"),
    )


def _argument(node: Node) -> ArgumentDecl:
    if not isinstance(node.value, Mapping):
        return ArgumentDecl(text_of(node))
    fields = Fields(node)
    return ArgumentDecl(fields.need("value"), fields.text("flag"), fields.flag("dashes"))


def _sql(fields: Fields) -> SqlDecl:
    return SqlDecl(
        backend=fields.text("backend"),
        statement=fields.need("statement"),
        bind=tuple(fields.entries("bind")),
        rows=fields.text("rows"),
        limit=fields.whole("limit"),
        errors=texts(fields, "errors"),
    )


def _file(fields: Fields) -> FileDecl:
    act, path = fields.chosen(ACTS)
    return FileDecl(
        backend=fields.text("backend"),
        act=act,
        path=text_of(path),
        content=fields.text("content"),
        binary=fields.flag("binary"),
        pattern=fields.text("pattern"),
        limit=fields.size("limit"),
        errors=texts(fields, "errors"),
    )
