"""What functions of a `FastMCP` return, as `mcp` 1 described and checked it."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver.exceptions import InvalidSignature
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata, func_metadata
from pydantic import create_model
from typing_extensions import get_type_hints, is_typeddict

from ..before import MCP


def as_before(
    function: Callable[..., Any],
    found: FuncMetadata,
    context_parameter: str | None,
    structured_output: bool | None,
) -> FuncMetadata:
    """What is known of a function, with the output that `mcp` 1 found.

    Before 1.10 there was none. Since then content has been described, too, which `mcp` 2 leaves out; and a `TypedDict`
    without what its docstring says.
    """
    if MCP < (1, 10):
        return FuncMetadata(arg_model=found.arg_model)
    if structured_output is None and found.output_model is None:
        found = _with_content(function, found, context_parameter)
    if is_typeddict(found.output_model):
        return FuncMetadata(arg_model=found.arg_model, output_model=_model(found.output_model))
    return found


def _with_content(
    function: Callable[..., Any], found: FuncMetadata, context_parameter: str | None
) -> FuncMetadata:
    try:
        return func_metadata(
            function,
            skip_names=[context_parameter] if context_parameter else [],
            structured_output=True,
        )
    except InvalidSignature:
        return found


def _model(typed: type[Any]) -> type[Any]:
    required = getattr(typed, "__required_keys__", frozenset[str]())
    fields: dict[str, Any] = {
        name: hint if name in required else (hint, None)
        for name, hint in get_type_hints(typed).items()
    }
    made: type[Any] = create_model(typed.__name__, **typing.cast("Any", fields))
    return made
