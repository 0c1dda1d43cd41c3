"""What a client reads before it calls anything: how large the list of tools is, and each tool in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from ..ir.model import Service
from ..ir.values import Json
from .searching import search_tools, searches
from .surface import surface

BYTES_PER_TOKEN = 4
"""What JSON in English comes to with the tokenizers in use; other languages take more tokens."""


@dataclass(frozen=True, slots=True)
class ToolWeight:
    """One tool, as compact JSON in UTF-8."""

    name: str
    bytes: int

    @property
    def tokens(self) -> int:
        """An estimate."""
        return -(-self.bytes // BYTES_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class ListWeight:
    """The answer to `tools/list`.

    Attributes:
        tools: The tools in it, in its order.
    """

    tools: tuple[ToolWeight, ...]

    @property
    def bytes(self) -> int:
        """All tools, and what stands between them."""
        return sum(tool.bytes + 1 for tool in self.tools) + len('{"tools":[]}')

    @property
    def tokens(self) -> int:
        """An estimate."""
        return -(-self.bytes // BYTES_PER_TOKEN)

    def largest(self, count: int) -> tuple[ToolWeight, ...]:
        """The tools that take most, the largest first."""
        return tuple(sorted(self.tools, key=lambda tool: -tool.bytes)[:count])


def weight(service: Service, options: Mapping[str, object]) -> ListWeight:
    """What a server lists that is compiled with these options.

    Raises:
        ValueError: An option is wrong.
    """
    listed = search_tools(service) if searches(service, options) else surface(service)["tools"]
    tools = cast("list[dict[str, Json]]", listed)
    return ListWeight(tuple(ToolWeight(str(tool["name"]), _bytes(tool)) for tool in tools))


def _bytes(tool: dict[str, Json]) -> int:
    return len(json.dumps(tool, ensure_ascii=False, separators=(",", ":")).encode())
