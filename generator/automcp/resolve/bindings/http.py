"""One HTTP request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from ...ir.backends import Configured, Given, HttpBackend, Template, Value
from ...ir.bindings import HttpCall, HttpValue
from ...spec.bindings import HttpDecl, HttpValueDecl
from ...spec.document import At
from ...text.source import Span
from ..backends import Backends, credentials
from ..kinds import ALL
from ..requests import check_header
from ..templates import Scope
from .http_answer import answer_of, pages_of
from .http_body import http_body
from .promise import Promise

_PATH = re.compile(r"/[^?#\x00-\x1f\x7f\\]*")
_KEPT = "/:@!$&'()*+,;=~%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOTS = re.compile(r"/\.\.?(?:/|$)")


def http_call(
    declared: HttpDecl, at: Span, scope: Scope, promise: Promise, backends: Backends
) -> HttpCall | None:
    """The request; `None` if its backend is unknown, which is reported.

    Args:
        at: Where the binding stands.
    """
    for header in declared.headers:
        said = header.value
        text = At(said.value, said.span) if said and isinstance(said.value, str) else None
        check_header(header.name, text, scope.shared)
    for status, _ in declared.errors:
        if status.value.startswith(("1", "2")):
            message = f"the status {status.value} is no failure, so no error comes of it"
            scope.shared.add("AM237", message, status.span)
    pages = pages_of(declared, promise)
    backend = backends.find(HttpBackend, declared.backend, at)
    http = backend.kind if backend and isinstance(backend.kind, HttpBackend) else None
    call = HttpCall(
        backend=backend.key if backend else "",
        method=declared.verb.value.upper(),
        path=tuple(_path(declared, scope)),
        query=_values(declared.query, "form", scope),
        headers=_values(declared.headers, "simple", scope),
        cookies=_values(declared.cookies, "form", scope),
        body=http_body(declared, scope),
        auth=credentials(declared.auth, http.schemes, http.auth, scope.shared) if http else (),
        errors={status.value: name.value for status, name in declared.errors},
        answer=answer_of(declared, promise),
        at=declared.at.value if declared.at and not pages else "",
        pages=pages,
    )
    return None if http is None else call


def _path(declared: HttpDecl, scope: Scope) -> Iterable[str | HttpValue]:
    """Texts, percent-encoded, and values in turn."""
    template = scope.template(declared.path, needed=True, whole=ALL, beside=ALL)
    _check_path(declared.path, template, scope)
    styles = {one.name.value: one for one in declared.styles}
    mentioned = {_braced(piece): piece for piece in template.pieces if not isinstance(piece, str)}
    for name, one in styles.items():
        if template.pieces and name not in mentioned:
            scope.shared.unknown("placeholder in the path", one.name, mentioned)
    for piece in template.pieces:
        if isinstance(piece, str):
            yield quote(_LONE_PERCENT.sub("%25", piece), safe=_KEPT)
        else:
            yield _written(Template((piece,)), styles.get(_braced(piece)), "simple")


def _braced(piece: Given | Configured) -> str:
    """What stands in the braces of a placeholder."""
    if isinstance(piece, Configured):
        return f"settings.{piece.key}"
    return "*" if piece.key is None else piece.key


def _check_path(at: At[str], template: Template, scope: Scope) -> None:
    text = "".join(piece if isinstance(piece, str) else "x" for piece in template.pieces)
    if template.pieces and not (_PATH.fullmatch(text) and not _DOTS.search(text)):
        message = "this is no path that can be appended to a URL"
        help = "it starts with `/`; what would stand behind `?` belongs into `query`"
        scope.shared.add("AM237", message, at.span, help)


def _values(declared: tuple[HttpValueDecl, ...], style: str, scope: Scope) -> dict[str, HttpValue]:
    """Values by name, written in `style` where nothing else is said."""
    return {
        one.name.value: _written(scope.value(one.value, ALL), one, style)
        for one in declared
        if one.value is not None
    }


def _written(value: Value, declared: HttpValueDecl | None, otherwise: str) -> HttpValue:
    """A value with the defaults of OpenAPI 3.1, parameter object."""
    style = declared.style.value if declared and declared.style else otherwise
    # For `deepObject`, OpenAPI gives `explode` no meaning but this.
    explode = style in ("form", "deepObject")
    if declared and declared.explode:
        explode = declared.explode.value
    reserved = declared is not None and declared.reserved is not None and declared.reserved.value
    return HttpValue(value, style, explode, reserved)
