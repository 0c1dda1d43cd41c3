"""The ways to tell an API who calls."""

from __future__ import annotations

from typing import Literal

from ..ir.backends import ApiKey, Basic, Bearer, ClientCredentials, Scheme
from ..spec.backends import SchemeDecl
from ..spec.document import At
from ..text.report import Diagnostic, Label, Level, quoted
from .requests import check_header
from .templates import Scope
from .urls import url_template

_SECRETS = ("bearer", "password", "key", "client_secret")


def resolve_scheme(declared: SchemeDecl, scope: Scope) -> Scheme:
    """One scheme; only settings may stand in it."""
    parts = {name.value: text for name, text in declared.parts}
    for name, text in declared.parts:
        if name.value in _SECRETS and "{" not in text.value:
            scope.shared.report.add(_told(name, text))
    if "bearer" in parts:
        return Bearer(scope.template(parts["bearer"]))
    if "password" in parts:
        return Basic(scope.template(parts["user"]), scope.template(parts["password"]))
    if "client_secret" in parts:
        return ClientCredentials(
            token_url=url_template(parts["token_url"], scope),
            client_id=scope.template(parts["client_id"]),
            client_secret=scope.template(parts["client_secret"]),
            scopes=tuple(dict.fromkeys(one.value for one in declared.scopes)),
        )
    place: Literal["header", "query", "cookie"] = "header" if "header" in parts else "query"
    if "cookie" in parts:
        place = "cookie"
    if place == "header":
        check_header(parts[place], None, scope.shared)
    return ApiKey(
        place=place,
        name=parts[place].value,
        value=scope.template(parts["key"]),
    )


def _told(name: At[str], text: At[str]) -> Diagnostic:
    return Diagnostic(
        "AM313",
        f"the spec itself says what {quoted(name.value)} is",
        Label(text.span),
        help="it is written into the generated package; use a setting with `secret: true`",
        level=Level.WARNING,
    )
