"""The `server` target: a package that serves a service over MCP, with handlers for you to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...ir.model import Service
from ...output.files import File, Files, Owner
from .. import refuse_options
from ..dialects import Dialect, accepted, dialect_of
from ..layout import Row, laid_out, runtime
from ..limits import Limit, limits_of
from ..printing import printed
from ..python.imports import import_lines
from ..python.models import Types
from ..python.module import header, models_module
from ..python.remembered import known_types
from ..python.text import docstring
from ..searching import search_tools, searches
from ..surface import shared, surface, surface_text
from . import imports
from .bound.kinds import folders
from .bound.view import backend_fields
from .known import folders_of
from .view import ServerView, view_of

_OPTIONS = ("layout", "sdk", "tools", "without")
_LAYOUTS = ("project", "package")
SHARED = (surface_text, known_types)
"""What clients need, too; the longest last."""


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """The server project: generated modules, and the seeded ones that are yours.

    Args:
        options: `sdk`: the SDK that carries it (`dialects.py`). `without`: features that it may lack. `tools`: whether
            they are listed (`list`), or searched for (`search`). `layout`: a `project` of its own, or a `package`
            that is a part of yours, which says what is required and how it is started.
    """
    refuse_options("server", options, _OPTIONS)
    accepted(options)
    dialect = dialect_of(options)
    types = known_types(service)
    view = view_of(service, types, dialect)
    alone = _is_project(options)
    package = f"src/{view.package}" if alone else view.package
    rows = (
        *_modules(view, service, types, package),
        *(_of_a_project(view, package) if alone else ()),
        *_seeded(view, package),
        *_bound(view, service, package),
        *_handlers(view, types, package),
    )
    written = laid_out(rows)
    data = [File(f"{package}/surface.json", _surface(service, options))]
    # What was a tool of an SDK takes and gives types of its own.
    if alone or any("models import" in file.text for file in written):
        data.append(File(f"{package}/models.py", models_module(service, types)))
    if alone:
        data.append(File(f"{package}/py.typed", ""))
    return Files.merge((written, Files(data), Files(runtime(package, _folders(service, dialect)))))


def _is_project(options: Mapping[str, object]) -> bool:
    said = options.get("layout", _LAYOUTS[0])
    if said not in _LAYOUTS:
        raise ValueError(f"`layout` is one of {', '.join(_LAYOUTS)}")
    return said == "project"


def _surface(service: Service, options: Mapping[str, object]) -> str:
    if not searches(service, options):
        return surface_text(service)
    return printed(shared(service, {**surface(service), "searching": search_tools(service)}))


def limits(service: Service, options: Mapping[str, object]) -> Iterator[Limit]:
    """What the SDK lacks of what the service asks for, unless `without` names it."""
    return limits_of(service, options)


def _folders(service: Service, dialect: Dialect) -> Mapping[str, str]:
    always = ("shared", "server", *dialect.folders)
    wanted = (*always, *folders(service), *folders_of(service))
    shared = {name: name for name in wanted}
    return {**shared, dialect.folder: "sdk"}


def _modules(
    view: ServerView, service: Service, types: Types, package: str
) -> Iterator[Row[ServerView]]:
    def row(name: str, text: str, wanted: imports.Imports, when: bool = True) -> Row[ServerView]:
        said = replace(view, header=header(service, text), imports=import_lines(wanted))
        return Row(f"{package}/{name}.py", f"server/{name}.py.jinja", said, when=when)

    title = view.title
    yield row("__init__", f"The {title} server.", {})
    yield row("errors", f"The failures that {title} declares.", imports.for_errors(view, types))
    yield row(
        "settings",
        f"What {title} reads from its environment.",
        imports.for_settings(view),
        when=bool(view.settings),
    )
    yield row("surface", f"What {title} offers, as it is advertised.", imports.for_surface())
    yield row(
        "questions",
        f"What handlers of {title} may ask, with `context.ask`.",
        imports.for_questions(view),
        when=bool(view.questions),
    )
    yield row(
        "contract", f"What the handlers of {title} implement.", imports.for_contract(view, types)
    )
    yield row("server", f"Registers what {title} offers.", imports.for_server(view, types))


def _of_a_project(view: ServerView, package: str) -> Iterator[Row[ServerView]]:
    """What makes a package a project: how it is installed, and how it is started."""
    yours = Owner.SEEDED
    yield Row("requirements.txt", "server/requirements.txt.jinja", view)
    yield Row("pyproject.toml", "server/pyproject.toml.jinja", view, yours)
    yield Row("README.md", "server/README.md.jinja", view, yours)
    yield Row("mcp_server.py", "server/mcp_server.py.jinja", view, yours)
    yield Row(f"{package}/__main__.py", "server/__main__.py.jinja", view, yours)


def _seeded(view: ServerView, package: str) -> Iterator[Row[ServerView]]:
    yours = Owner.SEEDED
    yield Row(f"{package}/state.py", "server/state.py.jinja", view, yours, when=view.lifespan)
    authenticated = view.auth is not None
    yield Row(f"{package}/auth.py", "server/auth.py.jinja", view, yours, when=authenticated)


def _bound(view: ServerView, service: Service, package: str) -> Iterator[Row[ServerView]]:
    title = view.title

    def said(text: str, wanted: Mapping[str, set[str]]) -> ServerView:
        return replace(view, header=header(service, text), imports=import_lines(wanted))

    text = f"What the operations of {title} work with."
    about = said(text, backend_fields(service)[1])
    place = f"{package}/backends.py"
    yield Row(place, "server/backends.py.jinja", about, when=bool(view.backends))
    text = f"What the spec says that {title} does (`run:`)."
    about = said(text, imports.for_bindings(view))
    place = f"{package}/bindings/__init__.py"
    yield Row(place, "server/bindings.py.jinja", about, when=bool(view.bound))
    for one in view.bound:
        names = one.group.names
        text = f"What the spec says that the {names.attribute} group does (`run:`)."
        about = replace(said(text, one.imports), shown=one)
        yield Row(f"{package}/bindings/{names.attribute}.py", "server/binding.py.jinja", about)


def _handlers(view: ServerView, types: Types, package: str) -> Iterator[Row[ServerView]]:
    folder, yours = f"{package}/handlers", Owner.SEEDED
    app = replace(view, imports=import_lines(imports.for_app(view)))
    when = view.app == "App"
    yield Row(f"{folder}/__init__.py", "server/handlers.py.jinja", app, yours, when=when)
    for group in view.seeded:
        name = group.names.attribute
        text = f"Handlers of the {name} group. This file is yours: AutoMCP wrote it once."
        about = replace(
            view,
            group=group,
            header=docstring(text, 0),
            imports=import_lines(imports.for_handlers(group, types)),
        )
        yield Row(f"{folder}/{name}.py", "server/handler.py.jinja", about, yours)
