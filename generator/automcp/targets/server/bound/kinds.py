"""The kinds of `run`, and of backends: how each becomes code, and what it brings along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ....ir.backends import FilesBackend, HttpBackend, McpBackend, SqlBackend
from ....ir.bindings import CommandCall, FileCall, HttpCall, ProxyCall, PythonCall, SqlCall
from ....ir.model import Operation, Service
from . import command, files, http, http_api, proxy, python, sql
from .method import Method
from .values import Values

Body: TypeAlias = Callable[[Any, Method], Iterable[str]]
"""The statements of a method, of the run and what its method is: lines, formatted later."""

Construct: TypeAlias = Callable[[Any, Values], Iterable[str]]
"""The arguments that make a backend, of its record; `values` spells templates of settings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of `run`.

    Attributes:
        folder: The folder of the runtime that it needs besides `bound`, and that a package gets then.
        requirements: What the server depends on besides (PEP 508).
        more: Folders of the runtime that it needs besides its own.
    """

    body: Body
    folder: str
    requirements: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackendKind:
    """One kind of backend.

    Attributes:
        module: Where its class is, as seen from the package (`._runtime.http.api`).
        name: The class: what connects when it is first used, and has `aclose` (`runtime/bound/backends.py`).
        more: Folders of the runtime that it needs besides its own.
    """

    module: str
    name: str
    construct: Construct
    folder: str
    requirements: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


KINDS: Mapping[type[Any], Kind] = {
    CommandCall: Kind(command.body, "command"),
    FileCall: Kind(files.body, "files"),
    HttpCall: Kind(http.body, "http", ("httpx2>=2.16",)),
    ProxyCall: Kind(proxy.body, "proxy"),
    PythonCall: Kind(python.body, "python"),
    SqlCall: Kind(sql.body, "sql"),
}

TOOLS: Mapping[str, Kind] = {
    "mcp1": Kind(python.tool_of_an_sdk, "as_mcp1", more=("legacy/functions",)),
    "mcp1_lowlevel": Kind(python.tool_of_an_sdk, "as_mcp1_lowlevel", more=("legacy/functions",)),
    "fastmcp2": Kind(python.tool_of_an_sdk, "as_fastmcp2"),
}
"""The same of functions that were tools of an SDK, by the SDK; prompts and resources need the same folders."""

BACKENDS: Mapping[type[Any], BackendKind] = {
    HttpBackend: BackendKind(
        "._runtime.http.api", "HttpApi", http_api.construct, "http", ("httpx2>=2.16",)
    ),
    FilesBackend: BackendKind("._runtime.files.folder", "Folder", files.construct, "files"),
    SqlBackend: BackendKind("._runtime.sql.database", "Database", sql.construct, "sql"),
    McpBackend: BackendKind(
        "._runtime.proxy.server", "McpServer", proxy.construct, "proxy", more=("client",)
    ),
}


def used(service: Service) -> tuple[Kind | BackendKind, ...]:
    """The kinds that a service makes use of."""
    runs = (_kind_of(one) for one in service.operations if one.run is not None)
    all_runs = (run for group in service.groups for run in group.runs)
    functions = (TOOLS[run.sdk] for run in all_runs if isinstance(run, PythonCall) and run.sdk)
    return (*runs, *functions, *(BACKENDS[type(one.kind)] for one in service.backends))


def folders(service: Service) -> tuple[str, ...]:
    """The folders of the runtime that they need."""
    kinds = used(service)
    more = {folder for kind in kinds for folder in kind.more}
    return tuple(sorted({"bound", *more, *(kind.folder for kind in kinds)})) if kinds else ()


def requirements(service: Service) -> tuple[str, ...]:
    """What the server depends on because of them."""
    always = {line for kind in used(service) for line in kind.requirements}
    return tuple(sorted({*always, *sql.requirements(service)}))


def extras(service: Service) -> tuple[tuple[str, str], ...]:
    """What the server depends on with some settings only: by the name of an extra."""
    return (("postgresql", sql.DRIVER),) if sql.may_need_driver(service) else ()


def body_of(operation: Operation, method: Method) -> tuple[str, ...]:
    """The statements of a bound operation's method."""
    return tuple(_kind_of(operation).body(operation.run, method))


def _kind_of(operation: Operation) -> Kind:
    return TOOLS[operation.tool_of] if operation.tool_of else KINDS[type(operation.run)]
