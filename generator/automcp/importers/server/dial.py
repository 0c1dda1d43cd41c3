"""How a running server is reached: a command, a URL, or an entry of a client's configuration file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from ...text.report import quoted


class CannotReach(Exception):
    """What was given does not say how to reach a server; the message says why.

    Attributes:
        help: What can be done.
    """

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Command:
    """A server that is started, and speaks on its stdin and stdout.

    Attributes:
        words: The program and its arguments.
        environment: What it finds in its environment beside `PATH`, `HOME` and the like.
        folder: Where it runs; here, if `None`.
    """

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    """A server that speaks Streamable HTTP.

    Attributes:
        headers: Sent with every request.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Reach: TypeAlias = Command | Url

_SERVERS = '`{"mcpServers": {"NAME": {"command": "…", "args": []}}}`, or `{"url": "…"}` instead of a command'

_VARIABLE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")


def origin(url: str) -> str:
    """The scheme, the host and the port of a URL: what else stands in it may be secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def configured(text: str, name: str | None, environment: Mapping[str, str] | None = None) -> Reach:
    """The server `name` of a client's configuration (`mcpServers` of `.mcp.json` and its like).

    `${NAME}` and `${NAME:-default}` stand for variables of the environment, as in Claude Code.

    Args:
        name: Which server; `None` for the only one.

    Raises:
        CannotReach: The text is no such configuration, has no such server, or a variable is not set.
    """
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CannotReach(f"it is no JSON: {error}") from None
    servers = _members(_members(document).get("mcpServers", _members(document).get("servers")))
    if name is None and len(servers) == 1:
        [name] = servers
    if name is None and servers:
        raise CannotReach("it has several servers", f"say which: {', '.join(map(quoted, servers))}")
    if name is None or name not in servers:
        known = f"it has {', '.join(map(quoted, servers))}" if servers else _SERVERS
        missing = "it has no servers" if name is None else f"it has no server {quoted(name)}"
        raise CannotReach(missing, known)
    return _entry(name, _members(servers[name]), environment or os.environ)


def _entry(called: str, entry: Mapping[str, object], environment: Mapping[str, str]) -> Reach:
    def filled(value: object) -> str:
        if not isinstance(value, str):
            raise CannotReach(
                f"of the server {quoted(called)}, {quoted(str(value))} has to be a text"
            )
        return _VARIABLE.sub(lambda found: _variable(found, environment), value)

    url, command = entry.get("url"), entry.get("command")
    if url is not None:
        headers = _members(entry.get("headers"))
        return Url(filled(url), {key: filled(value) for key, value in headers.items()})
    if command is None:
        raise CannotReach(f"the server {quoted(called)} has neither `command` nor `url`", _SERVERS)
    arguments = entry.get("args", [])
    if not isinstance(arguments, list):
        raise CannotReach(f"`args` of the server {quoted(called)} has to be a list")
    folder = entry.get("cwd")
    return Command(
        (filled(command), *(filled(one) for one in cast("list[object]", arguments))),
        {key: filled(value) for key, value in _members(entry.get("env")).items()},
        None if folder is None else filled(folder),
    )


def _variable(found: re.Match[str], environment: Mapping[str, str]) -> str:
    name, default = found["name"], found["default"]
    value = environment.get(name) or default
    if value is None:
        raise CannotReach(
            f"the environment variable {name} is not set", f"set it, or write `${{{name}:-…}}`"
        )
    return value


def _members(value: object) -> Mapping[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
