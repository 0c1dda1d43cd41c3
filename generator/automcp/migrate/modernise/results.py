"""Derives the output schemas that `mcp` 1 listed, where `mcp` 2 derives others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_type_hints

from pydantic import create_model
from typing_extensions import is_typeddict

from ...runtime.legacy import shapes

DESCRIBED: Mapping[str, Any] = {
    f"mcp.types.{name}": getattr(shapes, name)
    for name in (
        "AudioContent", "BlobResourceContents", "EmbeddedResource", "ImageContent", "PromptMessage", "Resource",
        "ResourceLink", "TextContent", "TextResourceContents",
    )
}  # fmt: skip
"""Classes of `mcp` 1 that output schemas were derived of, and those that have the same."""
SHAPES_SINCE = (1, 23)
"""The release that these shapes are known from."""


class Opaque:
    """Stands for a class that no schema is derived of, such as the SDK's `Image`."""


IMAGES: Mapping[str, Any] = dict.fromkeys(
    (
        "mcp.server.fastmcp.Audio",
        "mcp.server.fastmcp.Image",
        "mcp.server.fastmcp.utilities.types.Audio",
        "mcp.server.fastmcp.utilities.types.Image",
    ),
    Opaque,
)
"""Classes of `mcp` 1 that no output schema was derived of."""
ANSWER = "mcp.types.CallToolResult"


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
