"""Derives the output schemas that `mcp` 1 listed, where `mcp` 2 derives others."""

from __future__ import annotations

from typing import Any, get_type_hints

from pydantic import create_model
from typing_extensions import is_typeddict

IMAGES = frozenset(
    {
        "mcp.server.fastmcp.Audio",
        "mcp.server.fastmcp.Image",
        "mcp.server.fastmcp.utilities.types.Audio",
        "mcp.server.fastmcp.utilities.types.Image",
    }
)


class Opaque:
    """Stands for a class that no schema is derived of, such as the SDK's `Image`."""


def is_record(returned: Any) -> bool:
    """Whether a type is a `TypedDict`."""
    return is_typeddict(returned)


def schema_of_record(returned: Any) -> dict[str, Any]:
    """The output schema of a `TypedDict`: members that may be missing were null by default."""
    required = getattr(returned, "__required_keys__", frozenset[str]())
    members: dict[str, Any] = {
        name: hint if name in required else (hint, None)
        for name, hint in get_type_hints(returned).items()
    }
    schema: dict[str, Any] = create_model(returned.__name__, **members).model_json_schema()
    return schema
