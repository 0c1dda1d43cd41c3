"""Large services: the two tools that stand for all others (`tools = "search"`), as they are on the wire."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.model import Service
from ..ir.values import Json

SEARCH = "search_tools"
CALL = "call_tool"

_MODES = ("list", "search")


def searches(service: Service, options: Mapping[str, object]) -> bool:
    """Whether the option `tools` says that tools are searched for, instead of listed.

    Raises:
        ValueError: The option is none of its words, or the service has a tool of such a name itself.
    """
    mode = options.get("tools", _MODES[0])
    if mode not in _MODES:
        raise ValueError(f"`tools` is `list` or `search`, and not {mode!r}")
    taken = {SEARCH, CALL} & {operation.tool for operation in service.operations}
    if mode == "search" and taken:
        raise ValueError(
            f"`tools` cannot be `search`: the service has a tool `{min(taken)}` itself"
        )
    return mode == "search"


def search_tools(service: Service) -> list[Json]:
    """The two tools that are listed instead of all others."""
    about = service.title or service.key
    finding = (
        f"Find tools of {about} by words; it has {len(service.operations)}. Gives names, descriptions and the "
        f"schemas of their arguments. Call what you find with {CALL}."
    )
    searching: dict[str, Json] = {
        "name": SEARCH,
        "title": "Search tools",
        "description": finding,
        "inputSchema": _input(_QUERY, ["query"]),
        "outputSchema": _RESULT,
        "annotations": {
            "title": "Search tools",
            "readOnlyHint": True,
            "destructiveHint": False,
            "idempotentHint": True,
            "openWorldHint": False,
        },
    }
    calling: dict[str, Json] = {
        "name": CALL,
        "title": "Call a tool",
        "description": f"Call one of the tools that {SEARCH} finds.",
        "inputSchema": _input(_CALL, ["name"]),
    }
    return [searching, calling]


_QUERY: dict[str, Json] = {
    "query": {
        "type": "string",
        "minLength": 1,
        "maxLength": 1000,
        "description": "Words that say what you want to do, such as `refund order`.",
    },
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 50,
        "default": 8,
        "description": "How many tools to give at most.",
    },
}
_CALL: dict[str, Json] = {
    "name": {"type": "string", "description": "The tool's name."},
    "arguments": {
        "type": "object",
        "description": "Its arguments, as its `inputSchema` wants them.",
    },
}
_RESULT: dict[str, Json] = {
    "type": "object",
    "properties": {
        "tools": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Tools, the best first.",
        },
        "matches": {"type": "integer", "description": "How many tools fit at all."},
    },
    "required": ["tools", "matches"],
}


def _input(properties: dict[str, Json], required: list[Json]) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
