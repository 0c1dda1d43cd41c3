"""The backends of `run: http`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ir.backends import ApiKey, Basic, Bearer, ClientCredentials, HttpBackend, Scheme
from ...python.telling import tuple_of
from ...python.text import literal, quoted
from .http import alternatives, text_of
from .values import Values

_SCHEMES = "._runtime.http.schemes"
_TIMEOUT = 30.0
_RETRIES = 2
_NO_TOKEN = re.compile(r"[^A-Za-z0-9.+_-]+")


def construct(backend: HttpBackend, values: Values) -> Iterator[str]:
    """The arguments of an `HttpApi`."""
    yield text_of(backend.url, values)
    if backend.schemes:
        listed = (f"{quoted(key)}: {_scheme(one, values)}" for key, one in backend.schemes.items())
        yield f"schemes={{{', '.join(listed)}}}"
    if backend.auth:
        yield f"auth={alternatives(backend.auth)}"
    if backend.headers:
        header = values.use("._runtime.http.headers", "header")
        listed = (f"{header}({quoted(name)}, {values.value(one)})" for name, one in backend.headers.items())  # fmt: skip
        yield f"headers=[{', '.join(listed)}]"
    yield f"agent={quoted(_agent(values))}"
    if backend.timeout != _TIMEOUT:
        yield f"timeout={backend.timeout:g}"
    if backend.retries != _RETRIES:
        yield f"retries={literal(backend.retries)}"


def _scheme(scheme: Scheme, values: Values) -> str:
    match scheme:
        case Bearer(token):
            said = [text_of(token, values)]
            from_ = [token]
        case Basic(user, password):
            said = [text_of(user, values), text_of(password, values)]
            from_ = [user, password]
        case ApiKey(place, name, value):
            said = [quoted(place), quoted(name), text_of(value, values)]
            from_ = [value]
        case ClientCredentials():
            from_ = [scheme.client_id, scheme.client_secret]
            said = [text_of(one, values) for one in (scheme.token_url, *from_)]
            if scheme.scopes:
                said.append(f"scopes={tuple_of(map(quoted, scheme.scopes))}")
    variables = [one for template in from_ for one in values.variables(template)]
    if variables:
        said.append(f"variables={tuple_of(map(quoted, dict.fromkeys(variables)))}")
    home = "._runtime.http.tokens" if isinstance(scheme, ClientCredentials) else _SCHEMES
    return f"{values.use(home, type(scheme).__name__)}({', '.join(said)})"


def _agent(values: Values) -> str:
    """`shop/1.0.0` (RFC 9110, section 10.1.5)."""
    service = values.service
    version = _NO_TOKEN.sub("-", service.version).strip("-")
    return f"{service.name.kebab}/{version}" if version else service.name.kebab
