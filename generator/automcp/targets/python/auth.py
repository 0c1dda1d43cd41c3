"""What the server's code says about who may connect."""

from __future__ import annotations

import re

from ...ir.model import Service
from ...ir.offers import Auth
from .settings import setting_attributes
from .telling import tuple_of
from .text import quoted

_SETTING = re.compile(r"\{settings\.(.+)\}")


def auth_arguments(service: Service, auth: Auth) -> tuple[str, ...]:
    """The keywords that make the runtime's `Auth`, besides `verify`."""
    attributes = setting_attributes(service)

    def said(text: str) -> str:
        setting = _SETTING.fullmatch(text)
        return f"settings.{attributes[setting[1]]}" if setting else quoted(text)

    given = {
        "issuer": said(auth.issuer) if auth.issuer else None,
        "resource": said(auth.resource) if auth.resource else None,
        "scopes": tuple_of(map(quoted, auth.scopes)) if auth.scopes else None,
        "documentation": quoted(auth.documentation) if auth.documentation else None,
    }
    return tuple(f"{name}={value}" for name, value in given.items() if value is not None)


def sealing_key(service: Service) -> str | None:
    """The secret setting by which state is sealed, as its text."""
    if service.state_key is None:
        return None
    return f"settings.{setting_attributes(service)[service.state_key]}.get_secret_value()"
