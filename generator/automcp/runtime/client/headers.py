"""Parameters that are repeated in HTTP headers: `x-mcp-header` (MCP 2026-07-28, Streamable HTTP)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from mcp.client.caching import CacheConfig, CacheEntry, CacheKey
from mcp.shared.inbound import find_invalid_x_mcp_header, x_mcp_header_map
from mcp_types import ListToolsResult, Tool

from ..shared.model import Json
from ..shared.surface import Wire

_MARK = "x-mcp-header"
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The tools that have such parameters.

    Attributes:
        tools: Those whose marks are valid.
        invalid: What is wrong with the others, which must not be called, by name.
    """

    tools: Sequence[Wire] = ()
    invalid: Mapping[str, str] = field(default_factory=dict[str, str])

    def listing(self) -> CacheConfig | None:
        """A cache that answers `tools/list` with these tools; `None` if there are none.

        The SDK repeats the parameters of tools that were listed, and knows no other way to hear of
        them. Its cache is the public way to have listed them without having asked.
        """
        if not self.tools:
            return None
        # More pages, as far as the SDK knows: tools that are not among these stay what they are.
        tools = [Tool.model_validate(tool) for tool in self.tools]
        entry = CacheEntry(ListToolsResult(tools=tools, next_cursor="more"), "private", _NEVER)
        return CacheConfig(store=_Listing(entry), partition="compiled", target_id="compiled")


def mirrored(tools: Sequence[Wire]) -> Mirrored:
    """Find them."""
    valid: list[Wire] = []
    invalid: dict[str, str] = {}
    clear: set[int] = set()
    for tool in tools:
        schema = tool.get("inputSchema")
        if not _mentions(schema, clear):
            continue
        problem = find_invalid_x_mcp_header(schema)
        if problem is not None:
            invalid[cast("str", tool["name"])] = problem
        elif x_mcp_header_map(schema):
            valid.append(tool)
    return Mirrored(valid, invalid)


class _Listing:
    """A response cache that holds one thing and takes no other."""

    def __init__(self, entry: CacheEntry) -> None:
        self._entry = entry

    async def get(self, key: CacheKey) -> CacheEntry | None:
        return self._entry if key.method == "tools/list" else None

    async def set(self, key: CacheKey, entry: CacheEntry) -> None: ...

    async def delete(self, key: CacheKey) -> None: ...

    async def clear(self) -> None: ...


def _mentions(schema: Json, clear: set[int]) -> bool:
    """Whether a schema says something of headers.

    Args:
        clear: Parts, by identity, that do not; those of this schema are added. The tools of a service share most of theirs:
            looking through each of 1,000 for itself took 70 ms of every client's start.
    """
    # Without recursion: the schema may be a stranger's, and as deep as it likes.
    rest, looked = [schema], set[int]()
    while rest:
        part = rest.pop()
        if not isinstance(part, dict | list) or id(part) in clear or id(part) in looked:
            continue
        if isinstance(part, dict):
            if _MARK in part:
                return True
            rest.extend(part.values())
        else:
            rest.extend(part)
        looked.add(id(part))
    clear |= looked
    return False
