"""What the templates of the `server` target are filled with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Service
from ..dialects import Dialect
from ..python.auth import auth_arguments, sealing_key
from ..python.errors import ErrorClass, error_classes
from ..python.groups import has_seeds, is_bound
from ..python.handlers import HandlerGroup, handler_groups
from ..python.models import Types
from ..python.module import title_of
from ..python.questions import QuestionConstant, question_constants
from ..python.settings import SettingField, setting_fields
from ..python.text import markdown, prose, quoted
from .bound.kinds import extras, requirements
from .bound.view import BackendField, BoundGroup, backend_fields, bound_groups
from .known import Known, known_of


@dataclass(frozen=True, slots=True)
class ServerView:
    """What the templates may mention.

    Attributes:
        header: The docstring of the module.
        imports: The import lines of the module.
        groups: All groups.
        handled: The groups that have handlers.
        seeded: The groups that have a file of yours.
        bound: The classes of bound operations.
        alone: Those of groups that have no file of yours.
        shown: The one that a module of bound operations is about.
        app: The class that has an object for each group; `App` is yours, `Bound` ours.
        backends: The fields of `Backends`.
        group: The group that a file of handlers is about.
        extras: What the server needs only with some settings: the extra's name, and its requirement.
        state_key: The key by which state is sealed, or `None` if each process makes its own.
        auth: The keywords that say who may connect; `None` if anybody may.
        state: The type of the server's state.
        configured: The type of its settings.
        known: What is put around the server, if it was made with an SDK of before.
    """

    title: str
    header: str
    imports: str
    package: str
    project: str
    version: str
    description: str
    markdown: str
    sdk: str
    requirements: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]
    groups: tuple[HandlerGroup, ...]
    handled: tuple[HandlerGroup, ...]
    seeded: tuple[HandlerGroup, ...]
    bound: tuple[BoundGroup, ...]
    alone: tuple[BoundGroup, ...]
    shown: BoundGroup | None
    app: str
    backends: tuple[BackendField, ...]
    group: HandlerGroup | None
    errors: tuple[ErrorClass, ...]
    questions: tuple[QuestionConstant, ...]
    settings: tuple[SettingField, ...]
    state_key: str | None
    auth: tuple[str, ...] | None
    lifespan: bool
    state: str
    configured: str
    known: Known | None


def view_of(service: Service, types: Types, dialect: Dialect) -> ServerView:
    """The view of a service, but for what differs from module to module."""
    said = service.description or f"The {title_of(service)} server."
    groups = handler_groups(service, types)
    bound = tuple(bound_groups(service, types, groups)) if is_bound(service) else ()
    return ServerView(
        title=title_of(service),
        header="",
        imports="",
        package=f"{service.name.snake}_server",
        project=f"{service.name.kebab}-server",
        version=quoted(prose(service.version)),
        description=quoted(prose(said)),
        markdown=markdown(said),
        sdk=dialect.name,
        requirements=(*dialect.requirements, *requirements(service)),
        extras=extras(service),
        groups=groups,
        handled=tuple(group for group in groups if group.handlers),
        seeded=tuple(group for group in groups if group.seeded),
        bound=bound,
        alone=tuple(one for one in bound if not one.group.seeded),
        shown=None,
        app="App" if has_seeds(service) else "Bound",
        backends=backend_fields(service)[0],
        group=None,
        errors=tuple(error_classes(service, types)),
        questions=tuple(question_constants(service, types)),
        settings=tuple(setting_fields(service)),
        state_key=sealing_key(service),
        auth=auth_arguments(service, service.auth) if service.auth else None,
        lifespan=service.lifespan,
        state="State" if service.lifespan else "None",
        configured="Settings" if service.settings else "None",
        known=known_of(service),
    )
