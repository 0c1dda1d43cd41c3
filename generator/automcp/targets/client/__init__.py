"""The `client` target: a package with a typed method for every operation of a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...ir.model import Service
from ...output.files import File, Files, Owner
from .. import refuse_options
from ..layout import Row, laid_out, runtime
from ..python.imports import import_lines
from ..python.models import Types
from ..python.module import header, models_module
from ..python.remembered import known_types
from ..surface import surface_text
from . import imports
from .view import ClientView, view_of

_RUNTIME = {"shared": "shared", "client": "client"}
SHARED = (surface_text, known_types)
"""What servers need, too; the longest last."""


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """The client project; only its `pyproject.toml` and `README.md` are yours. It takes no options."""
    refuse_options("client", options)
    types = _without_params(service, known_types(service))
    view = view_of(service, types)
    package = f"src/{view.package}"
    data = (
        File(f"{package}/models.py", models_module(service, types)),
        File(f"{package}/surface.json", surface_text(service)),
        File(f"{package}/py.typed", ""),
    )
    rows = laid_out(_rows(view, service, types, package))
    return Files.merge((rows, Files(data), Files(runtime(package, _RUNTIME))))


def _without_params(service: Service, types: Types) -> Types:
    """The types less the records of parameters (here those are of methods), and the forms that handlers ask with."""
    records = (
        types.arguments[one.tool] for one in service.operations if one.input.form == "params"
    )
    dropped = {*types.forms.values(), *(record.name for record in records if record is not None)}
    kept = {name: one for name, one in types.definitions.items() if name not in dropped}
    return replace(types, definitions=kept)


def _rows(
    view: ClientView, service: Service, types: Types, package: str
) -> Iterator[Row[ClientView]]:
    def said(text: str, wanted: Mapping[str, set[str]], exports: set[str]) -> ClientView:
        return replace(
            view,
            header=header(service, text),
            imports=import_lines(wanted),
            exports=tuple(f'"{name}"' for name in sorted(exports, key=imports.rank)),
        )

    exposed = imports.for_package(view, service, types)
    yield Row(
        f"{package}/__init__.py",
        "client/__init__.py.jinja",
        said(f"A typed client of {view.title}.", exposed, set[str]().union(*exposed.values())),
    )
    raised = imports.for_errors(view, types)
    own = set(types.errors.values())
    yield Row(
        f"{package}/errors.py",
        "client/errors.py.jinja",
        said(f"What calls of {view.title} raise.", raised, raised["._runtime.client"] | own),
    )
    yield Row(
        f"{package}/client.py",
        "client/client.py.jinja",
        said(f"Calls what {view.title} offers.", imports.for_client(view, types), set()),
    )
    yield Row("pyproject.toml", "client/pyproject.toml.jinja", view, Owner.SEEDED)
    yield Row("README.md", "client/README.md.jinja", view, Owner.SEEDED)
