"""The methods of functions that are called as an SDK called them: what they take and give is that SDK's affair."""

from __future__ import annotations

from ...ir.bindings import PythonCall
from ...ir.model import Group, Operation
from ...ir.offers import Prompt, Resource
from .content import read_by
from .groups import GroupNames
from .handler import Handler
from .models import Types
from .operations import told_of
from .telling import failing, said_of
from .text import docstring, quoted


def tool_of_an_sdk(operation: Operation, group: Group, names: GroupNames, types: Types) -> Handler:
    """Of one that was a tool."""
    text, _ = told_of(operation, types)
    return Handler(
        name=names.members[operation.name.text],
        parameters=(("arguments", "dict[str, Any]"),),
        passed=("arguments",),
        received="arguments: dict[str, Any]",
        returns="Verbatim",
        offer="Operation",
        answers=(quoted(operation.tool), "None"),
        label=quoted(f"{group.name.text}.{operation.name.text}"),
        text=text,
        doc=docstring(text, 8),
        failing=failing((), operation.timeout, types),
        bound=True,
        unchecked=True,
    )


def resource_of_an_sdk(
    resource: Resource, run: PythonCall, group: Group, names: GroupNames, types: Types
) -> Handler:
    """Of one that was a resource, or a template of many."""
    text = said_of(resource.card, f"Read {resource.key}.")
    return Handler(
        name=names.members[resource.name.text],
        parameters=(("variables", "Variables"),),
        passed=("variables",),
        received="variables: Variables",
        returns=read_by(resource, None),
        offer="Resource",
        answers=(quoted(resource.uri),),
        label=quoted(f"{group.name.text}.{resource.name.text}"),
        text=text,
        doc=docstring(text, 8),
        failing=failing((), resource.timeout, types),
        bound=True,
        sdk=run.sdk if resource.variables else None,
    )


def prompt_of_an_sdk(prompt: Prompt, group: Group, names: GroupNames, types: Types) -> Handler:
    """Of one that was a prompt."""
    text = said_of(prompt.card, f"Fill in {prompt.key}.")
    return Handler(
        name=names.members[prompt.name.text],
        parameters=(("arguments", "Variables"),),
        passed=("arguments",),
        received="arguments: Variables",
        returns="Verbatim",
        offer="Prompt",
        answers=(quoted(prompt.key),),
        label=quoted(f"{group.name.text}.{prompt.name.text}"),
        text=text,
        doc=docstring(text, 8),
        failing=failing((), prompt.timeout, types),
        bound=True,
        unchecked=True,
    )
