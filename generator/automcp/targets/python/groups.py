"""What groups and what is in them are called, the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Group, Service
from ...ir.offers import Prompt, Resource
from ...text.names import Name
from .models import Types
from .naming import bound_class, client_class, free_name, protocol_class, taken_classes
from .text import docstring, quoted

# What a client's groups have themselves; handlers use the same names as the client.
_GROUP_MEMBERS = """
    breaker call call_for_blocks call_for_result client complete_value config execute execute_with_retry fetch_any fill_prompt
    name outcome read_bytes read_json read_parts read_text recovery retry_stats with_options
"""
_CLIENT_MEMBERS = """
    add_group clock complete config exchange execute_with_boundary groups hooks list_prompts
    list_resource_templates list_resources listen metrics name operations pool_stats prompt read_resource reads reconnect
    send sleep surface tracker
"""


@dataclass(frozen=True, slots=True)
class GroupNames:
    """One group.

    Attributes:
        attribute: What holds it, and the name of its file of handlers.
        wire: Its name in the spec, as a literal.
        class_name: The class of the client's group, and of the seeded handlers.
        protocol: The class that the handlers must fit.
        bound: The class of the methods whose bodies the spec says.
        members: The method of each operation, resource and prompt, by its name in the spec.
        completions: The method that completes a value, by the names of what it belongs to and of its own.
        constants: The name of the client's description of each member.
    """

    attribute: str
    wire: str
    class_name: str
    protocol: str
    bound: str
    said: str
    doc: str
    members: Mapping[str, str]
    completions: Mapping[tuple[str, str], str]
    constants: Mapping[str, str]


def group_names(service: Service, types: Types) -> tuple[GroupNames, ...]:
    """The names of all groups, in spec order."""
    taken: set[str] = set(_CLIENT_MEMBERS.split())
    classes = {
        *taken_classes(service),
        *types.definitions,
        *types.errors.values(),
        client_class(service),
    }
    constants: set[str] = set()
    found: list[GroupNames] = []
    for group in service.groups:
        attribute = free_name(group.name.attribute, taken)
        taken.add(attribute)
        pascal = group.name.pascal
        class_name = free_name(f"{pascal}Group", classes) if pascal in classes else pascal
        classes.add(class_name)
        said = group.description or group.title or f"The operations of {group.name.text}."
        members = dict(_members(group))
        found.append(
            GroupNames(
                attribute=attribute,
                wire=quoted(group.name.text),
                class_name=class_name,
                protocol=protocol_class(group),
                bound=bound_class(group),
                said=said,
                doc=docstring(said, 4),
                members=members,
                completions=dict(_completions(group, set(members.values()))),
                constants=dict(_constants(group, constants)),
            )
        )
    return tuple(found)


def is_bound(service: Service) -> bool:
    """Whether the spec says of anything what answers it (`run:`)."""
    return any(group.has_bindings for group in service.groups)


def is_seeded(service: Service, group: Group) -> bool:
    """Whether a group has a file of yours.

    A group that needs no method of yours has one only where nothing at all is bound: there, everything is yours.
    """
    return not is_bound(service) or bool(
        any(operation.run is None for operation in group.operations)
        or any(one.literal is None and one.run is None for one in group.resources)
        or any(not one.messages and one.run is None for one in group.prompts)
        or any(one.handled and one.of.run is None for one in completed(group))
    )


def has_seeds(service: Service) -> bool:
    """Whether there is a folder `handlers/` of yours."""
    return not is_bound(service) or any(is_seeded(service, group) for group in service.groups)


@dataclass(frozen=True, slots=True)
class Completed:
    """A value that can be completed: a variable of a template, or an argument of a prompt.

    Attributes:
        of: What it belongs to.
        handled: Whether a handler completes it, or the server that it is passed on to; else the spec lists the values.
    """

    of: Resource | Prompt
    key: str
    handled: bool


def completed(group: Group) -> Iterator[Completed]:
    """Every value of the group that can be completed."""
    for resource in group.resources:
        for variable in resource.variables:
            if variable.completion is not None:
                yield Completed(resource, variable.key, variable.completion == "handler")
    for prompt in group.prompts:
        for argument in prompt.arguments:
            if argument.completion is not None:
                yield Completed(prompt, argument.key, argument.completion == "handler")


def _names(group: Group) -> Iterator[Name]:
    yield from (operation.name for operation in group.operations)
    yield from (resource.name for resource in group.resources)
    yield from (prompt.name for prompt in group.prompts)


def _members(group: Group) -> Iterator[tuple[str, str]]:
    taken: set[str] = set(_GROUP_MEMBERS.split())
    for one in _names(group):
        name = free_name(one.attribute, taken)
        taken.add(name)
        yield one.text, name


def _completions(group: Group, members: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    taken = members | set(_GROUP_MEMBERS.split())
    for one in completed(group):
        name = free_name(f"complete_{one.of.name.snake}_{Name.parse(one.key).snake}", taken)
        taken.add(name)
        yield (one.of.name.text, one.key), name


def _constants(group: Group, taken: set[str]) -> Iterator[tuple[str, str]]:
    for one in _names(group):
        # Two pairs of names can make one constant, as `a_b`, `c` and `a`, `b_c` do.
        constant = free_name(f"_{group.name.constant}_{one.constant}", taken)
        taken.add(constant)
        yield one.text, constant
