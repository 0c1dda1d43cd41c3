"""What a client may be pointed at, and how each is reached: `Target`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeGuard
from urllib.parse import urlsplit

from mcp import StdioServerParameters
from mcp.server import Server
from mcp.server.mcpserver import MCPServer

from .http import HttpServer, http_transport

Streams: TypeAlias = AbstractAsyncContextManager[Any]
Target: TypeAlias = (
    str
    | HttpServer
    | Sequence[str]
    | StdioServerParameters
    | MCPServer[Any]
    | Server[Any]
    | Callable[[], Streams]
)
"""A URL, a URL with headers or authentication, a command with its arguments, a server in this process,
or a function that makes a transport. A function, because a connection may have to be made more than once."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A target, understood.

    Attributes:
        label: What errors call it; without credentials.
        shared: Whether all calls share one connection, because each one would start a server of its own.
        dial: Makes what the SDK's `Client` connects to.
    """

    label: str
    shared: bool
    dial: Callable[[], Any]


def endpoint(target: Target) -> Endpoint:
    """Understand a target.

    Raises:
        ValueError: A string that is no http(s) URL, or an empty command.
        TypeError: Something else.
    """
    if isinstance(target, str):
        return _http(HttpServer(url=target))
    if isinstance(target, HttpServer):
        return _http(target)
    if isinstance(target, StdioServerParameters):
        return Endpoint(target.command, True, lambda: target)
    if _is_server(target):
        return Endpoint(f"the server {target.name} in this process", True, lambda: target)
    if _is_command(target):
        return _command(target)
    if callable(target):
        return Endpoint("the given transport", True, target)
    raise TypeError(f"cannot connect to a {type(target).__name__}")


def _is_server(target: Target) -> TypeGuard[MCPServer[Any] | Server[Any]]:
    return isinstance(target, MCPServer | Server)


def _is_command(target: Target) -> TypeGuard[Sequence[str]]:
    return isinstance(target, Sequence)


def _http(server: HttpServer) -> Endpoint:
    url = urlsplit(server.url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(
            "a string must be an http(s) URL; give a command as a list: ['python', '-m', 'server']"
        )
    label = f"{url.scheme}://{url.netloc.rpartition('@')[2]}{url.path}"
    return Endpoint(label, False, lambda: http_transport(server))


def _command(command: Sequence[str]) -> Endpoint:
    if not command:
        raise ValueError("the command is empty")
    parameters = StdioServerParameters(command=command[0], args=list(command[1:]))
    return Endpoint(parameters.command, True, lambda: parameters)
