"""The `server` target: a package that serves a service over MCP, with handlers for you to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..ir.model import Service
from ..output.files import File, Files, Owner
from . import refuse_options
from .layout import Row, laid_out, runtime
from .python.annotations import names_in
from .python.errors import ErrorClass, error_classes
from .python.imports import import_lines
from .python.models import Types, types_of
from .python.module import header, models_module, title_of
from .python.operations import MethodGroup, method_groups
from .python.settings import SettingField, setting_fields
from .python.text import docstring, markdown, prose, quoted
from .surface import surface_text


@dataclass(frozen=True, slots=True)
class ServerView:
    """What the templates of this target may mention.

    Attributes:
        header: The docstring of the module.
        imports: The import lines of the module.
        group: The group that a file of handlers is about; else the first one.
        operates: Whether there is any operation.
        context: The two type arguments of the server and its context.
    """

    title: str
    header: str
    imports: str
    package: str
    project: str
    version: str
    description: str
    markdown: str
    groups: tuple[MethodGroup, ...]
    operates: bool
    group: MethodGroup | None
    errors: tuple[ErrorClass, ...]
    settings: tuple[SettingField, ...]
    lifespan: bool
    context: str


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """The server project: generated modules, and the seeded ones that are yours. It takes no options."""
    refuse_options("server", options)
    types = types_of(service)
    package = f"src/{_package(service)}"
    return Files.merge(
        (
            laid_out(_rows(_view(service, types), service, types, package)),
            Files(_data(service, types, package)),
            Files(runtime(package, "server")),
        )
    )


def _package(service: Service) -> str:
    return f"{service.name.snake}_server"


def _view(service: Service, types: Types) -> ServerView:
    state = "State" if service.lifespan else "None"
    settings = "Settings" if service.settings else "None"
    said = service.description or f"The {title_of(service)} server."
    return ServerView(
        title=title_of(service),
        header="",
        imports="",
        package=_package(service),
        project=f"{service.name.kebab}-server",
        version=quoted(prose(service.version)),
        description=quoted(prose(said)),
        markdown=markdown(said),
        groups=method_groups(service, types),
        operates=bool(service.operations),
        group=None,
        errors=tuple(error_classes(service, types)),
        settings=tuple(setting_fields(service)),
        lifespan=service.lifespan,
        context=f"{state}, {settings}",
    )


def _data(service: Service, types: Types, package: str) -> Iterator[File]:
    yield File(f"{package}/models.py", models_module(service, types))
    yield File(f"{package}/surface.json", surface_text(service))
    yield File(f"{package}/py.typed", "")


def _rows(
    view: ServerView, service: Service, types: Types, package: str
) -> Iterator[Row[ServerView]]:
    def said(text: str, imports: Mapping[str, set[str]]) -> ServerView:
        return replace(view, header=header(service, text), imports=import_lines(imports))

    title = view.title
    yield Row(
        f"{package}/__init__.py", "server/__init__.py.jinja", said(f"The {title} server.", {})
    )
    yield Row(
        f"{package}/errors.py",
        "server/errors.py.jinja",
        said(f"The failures that {title} declares.", _error_imports(view, types)),
    )
    yield Row(
        f"{package}/settings.py",
        "server/settings.py.jinja",
        said(f"What {title} reads from its environment.", _settings_imports(view)),
        when=bool(view.settings),
    )
    yield Row(
        f"{package}/contract.py",
        "server/contract.py.jinja",
        said(f"What the handlers of {title} implement.", _contract_imports(view, types)),
    )
    yield Row(
        f"{package}/server.py",
        "server/server.py.jinja",
        said(f"Registers the operations of {title}.", _server_imports(view, types)),
    )
    yield from _seeded(view, package)
    yield from _handler_rows(view, types, package)


def _seeded(view: ServerView, package: str) -> Iterator[Row[ServerView]]:
    yours = Owner.SEEDED
    yield Row("pyproject.toml", "server/pyproject.toml.jinja", view, yours)
    yield Row("README.md", "server/README.md.jinja", view, yours)
    yield Row("mcp_server.py", "server/mcp_server.py.jinja", view, yours)
    yield Row(f"{package}/__main__.py", "server/__main__.py.jinja", view, yours)
    yield Row(f"{package}/state.py", "server/state.py.jinja", view, yours, when=view.lifespan)


def _handler_rows(view: ServerView, types: Types, package: str) -> Iterator[Row[ServerView]]:
    folder, yours = f"{package}/handlers", Owner.SEEDED
    yield Row(f"{folder}/__init__.py", "server/handlers.py.jinja", view, yours)
    for group in view.groups:
        about = replace(
            view,
            group=group,
            header=docstring(
                f"Handlers of the {group.name} group. This file is yours: AutoMCP wrote it once.", 0
            ),
            imports=import_lines(_handler_imports(group, types)),
        )
        yield Row(f"{folder}/{group.name}.py", "server/handler.py.jinja", about, yours)


def _error_imports(view: ServerView, types: Types) -> dict[str, set[str]]:
    mentioned = {name for one in view.errors if one.data for name in names_in(one.data)}
    return {
        "typing": mentioned & {"Any", "Literal"},
        ".models": mentioned & types.definitions.keys(),
        "._runtime.shared.failure": {"DeclaredError"} if view.errors else set(),
    }


def _settings_imports(view: ServerView) -> dict[str, set[str]]:
    mentioned = {name for one in view.settings for name in one.mentions}
    return {
        "collections.abc": {"Mapping"},
        "dataclasses": {"dataclass"} | mentioned & {"field"},
        "os": set(),
        "pydantic": mentioned & {"SecretStr"},
        "typing": mentioned & {"Any", "Literal"},
        "._runtime.server.settings": {"SettingField", "read_environment"},
    }


def _context_imports(view: ServerView) -> dict[str, set[str]]:
    return {
        ".settings": {"Settings"} if view.settings else set(),
        ".state": {"State"} if view.lifespan else set(),
    }


def _contract_imports(view: ServerView, types: Types) -> dict[str, set[str]]:
    methods = [method for group in view.groups for method in group.methods]
    mentioned = {name for method in methods for name in method.mentions}
    return {
        **_context_imports(view),
        "typing": {"Protocol", "TypeAlias"} | mentioned & {"Any", "Literal"},
        ".models": mentioned & types.definitions.keys(),
        "._runtime.server.context": {"Context as RequestContext"}
        | ({"Answer"} if methods else set[str]()),
        "._runtime.shared.model": mentioned & {"Unset"},
    }


def _server_imports(view: ServerView, types: Types) -> dict[str, set[str]]:
    methods = [method for group in view.groups for method in group.methods]
    mentioned = {name for method in methods for name in names_in(method.returns)}
    raw = any(method.whole and not method.record for method in methods)
    unset = any("UNSET" in one.taken for method in methods for one in method.arguments)
    state = {"State", "lifespan"} if view.lifespan else set[str]()
    records = {method.record for method in methods if method.record}
    return {
        **_context_imports(view),
        ".state": state,
        "collections.abc": {"Iterator"} if methods else set(),
        "typing": (mentioned & {"Any", "Literal"}) | ({"Any"} if raw else set[str]()),
        ".contract": {"Handlers"}
        | {group.protocol for group in view.groups if group.methods}
        | ({"Context"} if methods else set[str]()),
        ".errors": {name for method in methods for name in method.errors},
        ".handlers": {"App"} if methods else set(),
        ".models": records | mentioned & types.definitions.keys(),
        "._runtime.server.app": {"CompiledServer"},
        "._runtime.server.context": {"Answer"} if methods else set(),
        "._runtime.server.operation": {"Operation"} if methods else set(),
        "._runtime.shared.model": {"UNSET"} if unset else set(),
        "._runtime.shared.surface": {"Surface"},
    }


def _handler_imports(group: MethodGroup, types: Types) -> dict[str, set[str]]:
    """What a file of handlers imports, names by module."""
    mentioned = {name for method in group.methods for name in method.mentions}
    return {
        "typing": mentioned & {"Any", "Literal"},
        "..contract": {"Context"} if group.methods else set(),
        "..models": mentioned & types.definitions.keys(),
        ".._runtime.shared.model": mentioned & {"Unset"},
    }
