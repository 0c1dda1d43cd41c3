"""How a compiled server reaches the server that it passes calls on to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from ...text.names import Name
from .dial import Command, Reach

Spec: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class Passed:
    """What a spec says of the server behind it.

    Attributes:
        backend: How it is reached.
        settings: What that takes from the environment. What stood in the server's own environment, or in
            headers, may be secret: it is a setting without a value.
    """

    backend: Spec
    settings: Spec


def passed(reach: Reach) -> Passed:
    """How to reach a server again, from a compiled one."""
    settings: Spec = {}
    if isinstance(reach, Command):
        said: Spec = {"command": [_literal(word) for word in reach.words]}
        environment = {key: _secret(key, key, settings) for key in reach.environment}
        if environment:
            said["env"] = environment
        if reach.folder is not None:
            said["cwd"] = _literal(reach.folder)
    else:
        settings["upstream_url"] = {"type": "string", "default": reach.url}
        said = {"url": "{settings.upstream_url}"}
        sent = {key: _secret(f"upstream_{key}", None, settings) for key in reach.headers}
        if sent:
            said["headers"] = sent
    return Passed({"mcp": said}, settings)


def _secret(name: str, variable: str | None, settings: Spec) -> str:
    key = Name.parse(name).snake
    settings[key] = {"type": "string", "secret": True, **({"env": variable} if variable else {})}
    return f"{{settings.{key}}}"


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
