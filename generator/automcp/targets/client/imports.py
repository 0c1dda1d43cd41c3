"""What each module of a compiled client imports, names by module, and what it offers to those who import it."""

from __future__ import annotations

from collections.abc import Iterator

from ...ir.model import Service
from ..python.annotations import names_in
from ..python.imports import joined
from ..python.models import Types
from ..python.naming import RUNTIME_ERRORS
from .view import ClientView

Imports = dict[str, set[str]]

_ALWAYS = (
    "Callbacks",
    "ClientConfig",
    "ExecutionResponse",
    "Hooks",
    "HttpServer",
    "UNSET",
    "Unset",
)
_FOR_USE = {
    "changed": ("Change", "Changes"),
    "log": ("LogMessage",),
    "roots": ("Root",),
    "sample": ("SampleAnswer", "SampleQuestion"),
}
"""What a callback is told and answers, by what a handler says that it uses."""
_BLOCKS = ("Audio", "Block", "EmbeddedResource", "Image", "ResourceLink", "Text")
_IN_METHODS = frozenset(
    (
        *("Block", "Completion", "Operation", "Prompt", "PromptOffer", "ResourceOffer", "Result"),
        *("UNSET", "Unset", "given", "to_base64", "from_base64"),
    )
)
"""What of the runtime methods make use of."""
_YIELDING = ("CannotAnswer", "NotFound")
"""Errors of the runtime whose names a service may have for its own."""


def rank(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest: the order that ruff wants of `__all__`."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def for_package(view: ClientView, service: Service, types: Types) -> Imports:
    """Of `__init__.py`: what the package offers. The service's own names come before the runtime's."""
    errors, models = set(types.errors.values()), set(types.definitions)
    classes = {view.client, *(group.names.class_name for group in view.groups)}
    raised = for_errors(view, types)["._runtime.client"]
    return {
        ".client": classes,
        ".errors": (errors | raised) - models - classes,
        ".models": models,
        "._runtime.client": set(_needed(service)) - classes - errors - models,
    }


def for_errors(view: ClientView, types: Types) -> Imports:
    mentioned = {name for one in view.errors if one.data for name in names_in(one.data)}
    own = {*types.errors.values(), *mentioned & types.definitions.keys()}
    return {
        "typing": mentioned & {"Any", "Literal"},
        ".models": mentioned & types.definitions.keys(),
        "._runtime.client": {*RUNTIME_ERRORS, *_YIELDING} - own,
    }


def for_client(view: ClientView, types: Types) -> Imports:
    calls = [call for group in view.groups for call in group.calls]
    mentioned = set[str]().union(*(call.mentions for call in calls))
    return joined(
        {
            "collections.abc": {"Mapping", *mentioned & {"Sequence"}},
            "typing": mentioned & {"Any", "Literal"},
            ".errors": {name for call in calls for name in call.errors},
            ".models": mentioned & types.definitions.keys(),
            "._runtime.client": mentioned & _IN_METHODS,
        },
        {
            "._runtime.client": {
                *("AutoMCPClient", "Callbacks", "ClientConfig", "Hooks", "Surface", "Target"),
                *({"ErrorHandlingGroup"} if view.groups else ()),
            }
        },
    )


def _needed(service: Service) -> Iterator[str]:
    """What of the runtime a caller of this service is likely to need; the errors come through `errors.py`."""
    yield from _ALWAYS
    for use in {use for operation in service.operations for use in operation.uses}:
        yield from _FOR_USE.get(use, ())
    if service.questions:
        yield from ("Answered", "FormQuestion", "Question", "UrlQuestion")
    if any(operation.content for operation in service.operations):
        yield from _BLOCKS
    if service.prompts:
        yield from (*_BLOCKS, "Message", "Prompt")
    if any(resource.subscribable for resource in service.resources):
        yield from ("Changes", "ResourceUpdated")
