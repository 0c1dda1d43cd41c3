"""Calls a function as the `FastMCP` of `mcp` 1 called its tools: in the event loop, with lenient arguments."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata

Function: TypeAlias = Callable[..., Any]


def failed(tool: str, error: object) -> str:
    """What callers are told of a tool that raised."""
    return f"Error executing tool {tool}: {error}"


async def called(
    function: Function,
    described: FuncMetadata,
    arguments: Mapping[str, Any],
    more: Mapping[str, Any],
) -> Any:
    """What a function returns, awaited where it has to be.

    Args:
        arguments: As callers sent them: texts may hold JSON, unknown ones are dropped.
        more: What it is given besides: its `Context`.

    Raises:
        pydantic.ValidationError: An argument cannot become what the function's annotation asks for.
        Exception: What the function raises.
    """
    given = described.validate_arguments(dict(arguments))
    returned = function(**_by_parameter(described, given), **more)
    return await returned if inspect.isawaitable(returned) else returned


def _by_parameter(described: FuncMetadata, given: dict[str, Any]) -> dict[str, Any]:
    """Arguments by the names of the parameters: `mcp` 2 hands those with an alias on by that, early `mcp` 1 did not."""
    aliases = {
        field.alias: name
        for name, field in described.arg_model.model_fields.items()
        if field.alias is not None and not name.startswith("field_")
    }
    return {aliases.get(name, name): value for name, value in given.items()}


def context_parameter(function: Function, kind: type[object]) -> str | None:
    """The parameter of a function that is annotated as a `Context`; `None` if there is none.

    Args:
        kind: The class of contexts.
    """
    # What a generic class is told of its parameters makes another class of it, which no annotation names.
    told: Mapping[str, Any] = getattr(kind, "__pydantic_generic_metadata__", None) or {}
    kind = told.get("origin") or kind
    try:
        hints = typing.get_type_hints(function)
    except Exception:  # hints may name what is imported for type checkers alone
        return None
    for name, annotation in hints.items():
        for one in (annotation, *typing.get_args(annotation)):
            if inspect.isclass(one) and issubclass(one, kind):
                return name
    return None
