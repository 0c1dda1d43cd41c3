"""The ways to tell an API who calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..ir.backends import ApiKey, Basic, Bearer, ClientCredentials, Configured, Scheme, Template
from ..spec.backends import SchemeDecl
from ..spec.document import At
from ..text.report import quoted
from .requests import check_header
from .templates import Scope
from .urls import url_template


def resolve_scheme(declared: SchemeDecl, scope: Scope) -> Scheme:
    """One scheme; only settings may stand in it."""
    parts = {name.value: text for name, text in declared.parts}
    if "bearer" in parts:
        return Bearer(secret("bearer", parts, scope))
    if "password" in parts:
        return Basic(scope.template(parts["user"]), secret("password", parts, scope))
    if "client_secret" in parts:
        return ClientCredentials(
            token_url=url_template(parts["token_url"], scope),
            client_id=scope.template(parts["client_id"]),
            client_secret=secret("client_secret", parts, scope),
            scopes=tuple(dict.fromkeys(one.value for one in declared.scopes)),
        )
    place: Literal["header", "query", "cookie"] = "header" if "header" in parts else "query"
    if "cookie" in parts:
        place = "cookie"
    if place == "header":
        check_header(parts[place], None, scope.shared)
    return ApiKey(place, parts[place].value, secret("key", parts, scope))


def secret(name: str, parts: Mapping[str, At[str]], scope: Scope) -> Template:
    """The template of a text that nobody should see; a warning, if somebody may."""
    text = parts[name]
    template = scope.template(text)
    keys = [one.key for one in template.pieces if isinstance(one, Configured)]
    if template.pieces and not keys:
        message = f"the spec itself says what {quoted(name)} is"
        help = "it is written into the generated package; use a setting with `secret: true`"
        scope.shared.warn("AM313", message, text.span, help)
    elif keys and not any(scope.shared.settings[key].secret for key in keys):
        message = f"the setting {quoted(keys[0])} proves who calls, and is no secret"
        help = "add `secret: true` to it, so that it is never printed"
        scope.shared.warn("AM314", message, text.span, help)
    return template
