"""What the templates of bound operations and backends are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ....ir.model import Group, Service
from ...python.groups import is_seeded
from ...python.handler import Handler
from ...python.handlers import HandlerGroup
from ...python.imports import joined, seen_from_below
from ...python.models import Types
from ...python.naming import free_name
from ...python.text import docstring
from .kinds import BACKENDS, body_of
from .method import method_of
from .needed import Needed, needed, others
from .offers import Speaker, offer_bodies
from .scope import Scope
from .values import Operand, Values


@dataclass(frozen=True, slots=True)
class BoundMethod:
    """One method and its body."""

    handler: Handler
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundGroup:
    """One class of bound methods, and the module that it is alone in.

    Attributes:
        backends: The lines of its constructor, one for each backend that it uses.
        needed: Imports of functions, which may not be there.
        aliases: Types that a method's parameters would hide.
    """

    group: HandlerGroup
    imports: Mapping[str, set[str]]
    needed: tuple[Needed, ...]
    aliases: tuple[str, ...]
    backends: tuple[str, ...]
    methods: tuple[BoundMethod, ...]


@dataclass(frozen=True, slots=True)
class BackendField:
    """One field of `Backends`."""

    name: str
    annotation: str
    doc: str | None
    constructed: str


def backend_names(service: Service) -> Mapping[str, str]:
    """The field of `Backends` for each backend, by its key."""
    taken = {"of"}
    names: dict[str, str] = {}
    for backend in service.backends:
        names[backend.key] = free_name(backend.name.attribute, taken)
        taken.add(names[backend.key])
    return names


def backend_fields(service: Service) -> tuple[tuple[BackendField, ...], Mapping[str, set[str]]]:
    """The fields of `Backends`, and what its module imports."""
    names = backend_names(service)
    scope = Scope(("Backends", "Settings", "dataclass", "settings", "cls", *names.values()), ())
    values = Values(scope, service, "settings", _nobody)
    fields: list[BackendField] = []
    for backend in service.backends:
        kind = BACKENDS[type(backend.kind)]
        annotation = scope.use(kind.module, kind.name)
        given = ", ".join(kind.construct(backend.kind, values))
        said = docstring(backend.description, 4) if backend.description else None
        name = names[backend.key]
        fields.append(BackendField(name, annotation, said, f"{annotation}({given})"))
    own = {
        "dataclasses": {"dataclass"},
        ".settings": {"Settings"} if service.settings else set[str](),
        "._runtime.bound.backends": {"OpenBackends"},
    }
    return tuple(fields), joined(scope.imports(one.constructed for one in fields), own)


def _nobody(key: str | None) -> Operand:
    raise ValueError(f"a backend cannot know what a caller sends: {key}")


def bound_groups(
    service: Service, types: Types, groups: tuple[HandlerGroup, ...]
) -> Iterator[BoundGroup]:
    """The class of each group that has bound methods, or nothing that you would write."""
    for group, handled in zip(service.groups, groups, strict=True):
        if handled.bound or not is_seeded(service, group):
            yield _bound_group(service, group, handled, types)


def _bound_group(service: Service, group: Group, handled: HandlerGroup, types: Types) -> BoundGroup:
    scope = Scope(_taken(handled, types), types.definitions)
    attributes = {key: f"_{name}" for key, name in backend_names(service).items()}
    operations = [operation for operation in group.operations if operation.run is not None]
    offers = handled.bound[len(operations) :]
    speaker = Speaker(attributes, types, scope)
    of_operations = (
        body_of(operation, method_of(operation, handler, service, types, scope, attributes))
        for operation, handler in zip(operations, handled.bound, strict=False)
    )
    of_offers = ((body,) for body in offer_bodies(group, iter(offers), speaker))
    methods = tuple(
        BoundMethod(handler, body)
        for handler, body in zip(handled.bound, chain(of_operations, of_offers), strict=True)
    )
    for handler in handled.bound:
        for annotation in (handler.returns, *(one for _, one in handler.parameters)):
            scope.mention(annotation)
    used = [key for key in attributes if any(_uses(run, key) for run in group.runs)]
    own = {
        ".contract": {"Context"} if methods else set[str](),
        ".backends": {"Backends"} if used else set[str](),
    }
    bodies = [line for method in methods for line in method.body]
    imports = scope.imports(bodies)
    aliases = (f"{name}: TypeAlias = {said}" for name, said in scope.aliases.items())
    fields = backend_names(service)
    return BoundGroup(
        group=handled,
        imports=seen_from_below(joined(others(group, imports), own)),
        needed=tuple(needed(group, imports)),
        aliases=tuple(aliases),
        backends=tuple(f"self.{attributes[key]} = backends.{fields[key]}" for key in used),
        methods=methods,
    )


def _uses(run: object, key: str) -> bool:
    return getattr(run, "backend", None) == key


def _taken(group: HandlerGroup, types: Types) -> set[str]:
    """What means something else in the module of a group."""
    parameters = {name for handler in group.bound for name, _ in handler.parameters}
    own = {
        "Any",
        "Backends",
        "NeededBy",
        "Context",
        "Literal",
        "Sequence",
        "Unset",
        group.names.bound,
    }
    return {"self", "context", "backends", *parameters, *own, *types.definitions}
