"""What the SDK checks by that parameters which are repeated in HTTP headers are the same there (SEP-2243).

Reason: the SDK looks for such parameters through the whole schema of a tool, at each call. Most tools have none, and it
takes "nothing to check" for an answer. Measured gain: 20 of the 285 µs of a small call over HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from mcp.shared.inbound import x_mcp_header_map

from ..server.kernel import Kernel

Lookup: TypeAlias = Callable[[str], Mapping[str, Any] | None]
"""The input schema of a tool by its name, or `None` if there is nothing to check."""


class HeaderSchemas:
    """The input schemas of those tools that have such parameters.

    Args:
        added: Gives the schemas of tools that were added by hand.
    """

    def __init__(self, kernel: Kernel[Any, Any], added: Lookup | None) -> None:
        self._kernel = kernel
        self._added = added
        self._known: dict[str, Mapping[str, Any] | None] = {}

    def of(self, name: str) -> Mapping[str, Any] | None:
        """The input schema of a tool, or `None` if it has no such parameters."""
        if not self._kernel.offers(name):
            return self._added(name) if self._added else None
        if name not in self._known:
            document = self._kernel.surface.input(name).document
            self._known[name] = document if x_mcp_header_map(document) else None
        return self._known[name]
