"""The `client` target: a package with a typed method for every operation of a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...ir.model import Service
from ...output.files import File, Files, Owner
from .. import refuse_options
from ..layout import Row, laid_out, runtime
from ..python.annotations import names_in
from ..python.calls import CallGroup, call_groups
from ..python.content import CLASSES
from ..python.errors import ErrorClass, error_classes
from ..python.imports import import_lines
from ..python.models import Types, types_of
from ..python.module import header, models_module, title_of
from ..python.naming import RUNTIME_ERRORS, client_class
from ..python.text import docstring, markdown, prose, quoted
from ..surface import surface_text

_RUNTIME = {"shared": "shared", "client": "client"}
_EXPORTS = (
    "Callbacks",
    "ClientConfig",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "UNSET",
    "Unset",
)
"""What of the runtime a caller is likely to need; the errors come through `errors.py`."""
_MENTIONED = frozenset(
    (
        *("Completion", "Operation", "Prompt", "PromptOffer", "ResourceOffer", "Result"),
        *("UNSET", "Unset", "given"),
    )
)
"""What of the runtime the methods of a client make use of."""


@dataclass(frozen=True, slots=True)
class ClientView:
    """What the templates of this target may mention.

    Attributes:
        header: The docstring of the module.
        imports: The import lines of the module.
        exports: The sorted `__all__` of the module.
    """

    title: str
    header: str
    imports: str
    exports: tuple[str, ...]
    package: str
    project: str
    version: str
    description: str
    markdown: str
    name: str
    client: str
    client_doc: str
    groups: tuple[CallGroup, ...]
    errors: tuple[ErrorClass, ...]


def emit(service: Service, options: Mapping[str, object]) -> Files:
    """The client project; only its `pyproject.toml` and `README.md` are yours. It takes no options."""
    refuse_options("client", options)
    types = _without_params(service, types_of(service))
    view = _view(service, types)
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


def _view(service: Service, types: Types) -> ClientView:
    title = title_of(service)
    said = service.description or f"A typed client of {title}."
    return ClientView(
        title=title,
        header="",
        imports="",
        exports=(),
        package=f"{service.name.snake}_client",
        project=f"{service.name.kebab}-client",
        version=quoted(prose(service.version)),
        description=quoted(prose(said)),
        markdown=markdown(said),
        name=quoted(service.key),
        client=client_class(service),
        client_doc=docstring(said, 4),
        groups=call_groups(service, types),
        errors=tuple(error_classes(service, types)),
    )


def _rows(
    view: ClientView, service: Service, types: Types, package: str
) -> Iterator[Row[ClientView]]:
    def said(text: str, imports: Mapping[str, set[str]], exports: set[str]) -> ClientView:
        return replace(
            view,
            header=header(service, text),
            imports=import_lines(imports),
            exports=tuple(f'"{name}"' for name in sorted(exports, key=_export_order)),
        )

    exposed = _exposed(view, types)
    yield Row(
        f"{package}/__init__.py",
        "client/__init__.py.jinja",
        said(f"A typed client of {view.title}.", exposed, set[str]().union(*exposed.values())),
    )
    raised = {*RUNTIME_ERRORS, *types.errors.values()}
    yield Row(
        f"{package}/errors.py",
        "client/errors.py.jinja",
        said(f"What calls of {view.title} raise.", _error_imports(view, types), raised),
    )
    yield Row(
        f"{package}/client.py",
        "client/client.py.jinja",
        said(f"Calls the operations of {view.title}.", _client_imports(view, types), set()),
    )
    yield Row("pyproject.toml", "client/pyproject.toml.jinja", view, Owner.SEEDED)
    yield Row("README.md", "client/README.md.jinja", view, Owner.SEEDED)


def _export_order(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest: the order that ruff wants of `__all__`."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _exposed(view: ClientView, types: Types) -> dict[str, set[str]]:
    """What the package offers at its root. The service's own names come before the runtime's."""
    errors, models = set(types.errors.values()), set(types.definitions)
    own = {view.client, *errors, *models, *(group.names.class_name for group in view.groups)}
    return {
        ".client": {view.client, *(group.names.class_name for group in view.groups)},
        ".errors": (errors | set(RUNTIME_ERRORS)) - models,
        ".models": models,
        "._runtime.client": set[str](_EXPORTS) - own,
    }


def _error_imports(view: ClientView, types: Types) -> dict[str, set[str]]:
    mentioned = {name for one in view.errors if one.data for name in names_in(one.data)}
    return {
        "typing": mentioned & {"Any", "Literal"},
        ".models": mentioned & types.definitions.keys(),
        "._runtime.client": set(RUNTIME_ERRORS),
    }


def _client_imports(view: ClientView, types: Types) -> dict[str, set[str]]:
    calls = [call for group in view.groups for call in group.calls]
    mentioned = frozenset[str]().union(*(call.mentions for call in calls))
    return {
        "collections.abc": {"Mapping", *mentioned & {"Sequence"}},
        "typing": mentioned & {"Any", "Literal"},
        ".errors": {name for call in calls for name in call.errors},
        ".models": mentioned & types.definitions.keys(),
        "._runtime.client": {
            *("AutoMCPClient", "Callbacks", "ClientConfig", "Hooks", "Surface", "Target"),
            *({"ErrorHandlingGroup"} if view.groups else ()),
            *mentioned & _MENTIONED,
        },
        "._runtime.shared.content": mentioned & set(CLASSES.values()),
    }
