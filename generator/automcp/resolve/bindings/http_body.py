"""What a request carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from ...ir.backends import Composed, Template, Value
from ...ir.bindings import HttpBody, HttpPart
from ...spec.bindings import HttpDecl, HttpPartDecl
from ...spec.document import At
from ...text.report import quoted
from ...text.source import Span
from ..kinds import ALL, SCALARS
from ..requests import check_header
from ..templates import Scope

Kind: TypeAlias = Literal["json", "form", "multipart", "text", "binary"]

_TYPES: dict[str, tuple[Kind, str]] = {
    "json": ("json", "application/json"),
    "form": ("form", "application/x-www-form-urlencoded"),
    "multipart": ("multipart", "multipart/form-data"),
    "text": ("text", "text/plain; charset=utf-8"),
    "binary": ("binary", "application/octet-stream"),
}
_TOKEN = r"[!#$%&'*+.^_`|~A-Za-z0-9-]+"
_MEDIA_TYPE = re.compile(rf'{_TOKEN}/{_TOKEN}(?: *; *{_TOKEN}=(?:{_TOKEN}|"[ !#-\[\]-~]*"))*')
_JSON = re.compile(r"application/json|[^;]+\+json")
_TEXT = re.compile(r"text/[^;]+|application/(?:xml|yaml|javascript|graphql)|[^;]+\+(?:xml|yaml)")
_WHOLE = {"json": ALL, "binary": frozenset(["string"])}
_WITHOUT = ("get", "head", "trace")


def http_body(declared: HttpDecl, scope: Scope) -> HttpBody | None:
    """The body; what is wrong with it is reported."""
    if declared.body is None:
        return None
    kind, media_type = _sent_as(declared.sent_as, scope)
    whole = _WHOLE.get(kind, SCALARS)
    if kind in ("form", "multipart"):
        whole = ALL if isinstance(declared.body.value.value, Mapping) else frozenset(["object"])
    value = scope.value(declared.body.value, whole)
    _check_value(value, kind, declared.body.span, scope)
    _check_verb(declared, scope)
    for part in declared.parts:
        _check_part(part, kind, value, scope)
    return HttpBody(
        value=value,
        kind=kind,
        media_type=media_type,
        parts={part.name.value: _part(part, scope) for part in declared.parts},
    )


def _sent_as(said: At[str] | None, scope: Scope) -> tuple[Kind, str]:
    if said is None:
        return _TYPES["json"]
    if said.value in _TYPES:
        return _TYPES[said.value]
    if not _MEDIA_TYPE.fullmatch(said.value):
        message = f"{quoted(said.value)} is no way to send a body"
        near = scope.shared.suggestions.of(said.value, _TYPES)
        help = f"one of {', '.join(_TYPES)}, or a media type"
        scope.shared.add("AM237", message, said.span, f"{near}\n{help}" if near else help)
    bare = said.value.partition(";")[0].strip().lower()
    for kind, media_type in (_TYPES["form"], _TYPES["multipart"]):
        if bare == media_type:
            return kind, said.value
    if _JSON.fullmatch(bare):
        return "json", said.value
    return ("text" if _TEXT.fullmatch(bare) else "binary"), said.value


def _check_value(value: Value, kind: Kind, at: Span, scope: Scope) -> None:
    is_text = isinstance(value, str | Template)
    is_object = isinstance(value, Composed) and isinstance(value.value, Mapping)
    is_whole = isinstance(value, Template) and value.whole is not None
    wanted = ""
    if kind in ("text", "binary") and not is_text:
        wanted = "a text"
    elif kind in ("form", "multipart") and not (is_object or is_whole):
        wanted = "an object"
    if wanted:
        scope.shared.add("AM237", f"a body that is sent as {kind} has to be {wanted}", at)


def _check_verb(declared: HttpDecl, scope: Scope) -> None:
    if declared.verb.value in _WITHOUT and declared.body is not None:
        message = f"a {declared.verb.value.upper()} request is not meant to have a body"
        help = "servers and proxies may drop it (RFC 9110, 9.3.1)"
        scope.shared.warn("AM312", message, declared.body.span, help)


def _check_part(part: HttpPartDecl, kind: Kind, value: Value, scope: Scope) -> None:
    if kind not in ("form", "multipart"):
        message = f"a body that is sent as {kind} has no parts"
        help = "add `as: multipart` or `as: form`"
        scope.shared.add("AM237", message, part.name.span, help)
    members = value.value if isinstance(value, Composed) else None
    if isinstance(members, Mapping) and part.name.value not in members:
        scope.shared.unknown("member of the body", part.name, members)
    if part.media_type is not None and not _MEDIA_TYPE.fullmatch(part.media_type.value):
        message = f"{quoted(part.media_type.value)} is no media type"
        scope.shared.add("AM237", message, part.media_type.span, "such as `image/png`")
    for name, text in part.headers:
        check_header(name, text, scope.shared)


def _part(declared: HttpPartDecl, scope: Scope) -> HttpPart:
    style = declared.style.value if declared.style else "form"
    explode = style in ("form", "deepObject")
    return HttpPart(
        media_type=declared.media_type.value if declared.media_type else None,
        style=style,
        explode=declared.explode.value if declared.explode else explode,
        file=declared.file is not None and declared.file.value,
        headers=scope.templates(declared.headers),
    )
