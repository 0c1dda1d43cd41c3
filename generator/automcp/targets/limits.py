"""Which features a spec makes use of, and where: what a dialect may turn out to lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..ir.backends import McpBackend
from ..ir.bindings import PythonCall
from ..ir.model import Group, Service
from .dialects import accepted, dialect_of


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that the spec asks for and a target cannot do.

    Attributes:
        path: Where the spec asks for it, a key of `Service.places` or below one.
        feature: What the target's option `without` calls it.
        why: The reason, as the end of a sentence.
        acceptable: Whether the option `without` may name it.
    """

    path: str
    feature: str
    why: str
    acceptable: bool = True


def limits_of(service: Service, options: Mapping[str, object]) -> Iterator[Limit]:
    """What the dialect lacks and the options do not accept, in spec order. Raises `ValueError` for wrong options."""
    dialect = dialect_of(options)
    known = accepted(options)
    for feature, path in _wanted(service):
        if feature in dialect.excludes:
            yield Limit(path, feature, dialect.excludes[feature], acceptable=False)
        elif feature in dialect.lacks and feature not in known:
            yield Limit(path, feature, dialect.lacks[feature])


def _wanted(service: Service) -> Iterator[tuple[str, str]]:
    """Feature and place, of everything that not every dialect can."""
    if service.known_as is not None:
        yield f"server: {service.known_as.sdk}", "server"
    if service.caches:
        yield "cache", "cache"
    for backend in service.backends:
        if isinstance(backend.kind, McpBackend):
            yield "proxy", f"backends.{backend.key}"
    for group in service.groups:
        yield from _wanted_in(group)


def _wanted_in(group: Group) -> Iterator[tuple[str, str]]:
    for operation in group.operations:
        path = f"groups.{group.name.text}.operations.{operation.name.text}"
        for parameter in operation.headers:
            yield "header", f"{path}.params.{parameter}.header"
        if operation.tool_of:
            yield f"as: {operation.tool_of}", f"{path}.run"
        if operation.task != "forbidden":
            yield "tasks", f"{path}.task"
    for resource in group.resources:
        path = f"groups.{group.name.text}.resources.{resource.name.text}"
        if resource.cache is not None:
            yield "cache", f"{path}.cache"
        if isinstance(resource.run, PythonCall):
            yield f"as: {resource.run.sdk}", f"{path}.run.python"
    for prompt in group.prompts:
        if isinstance(prompt.run, PythonCall):
            path = f"groups.{group.name.text}.prompts.{prompt.name.text}"
            yield f"as: {prompt.run.sdk}", f"{path}.run.python"
