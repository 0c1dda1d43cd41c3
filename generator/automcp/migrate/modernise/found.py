"""What reading the sources of a legacy server came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Flavour: TypeAlias = Literal["mcp1", "mcp1_lowlevel", "fastmcp2"]
"""Which SDK called the function: `mcp` 1 by its `FastMCP` or its low-level server, or standalone fastmcp 2 or 3."""


@dataclass(frozen=True, slots=True, order=True)
class Server:
    """The object that tools are registered on.

    Attributes:
        module: The dotted name of the module that it is made in, as the entry imports it.
        variable: The global of that module that holds it.
        path: The file of that module, relative to the project.
    """

    module: str
    variable: str
    path: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A tool whose function stands alone from now on: nothing of an SDK decorates it any more.

    Attributes:
        server: What it was registered on.
        function: `module:qualname`, where it is imported from.
        tool: The tool as `tools/list` says it.
        context: The name of the parameter that the SDK's `Context` is handed to; `None` if it has none.
        flavour: How it was called, and has to be called further on.
        source: The file, relative to the project.
        line: Where its `def` stands, from 1, in the source as it was.
    """

    server: Server
    function: str
    tool: Mapping[str, Any]
    context: str | None
    flavour: Flavour
    source: str
    line: int

    @property
    def name(self) -> str:
        """What callers call it."""
        return str(self.tool["name"])


@dataclass(frozen=True, slots=True)
class Left:
    """A place that stays as it is, carried by the adapter.

    Attributes:
        source: The file, relative to the project.
        line: Where, from 1.
        name: Which tool; `None` where that cannot be told.
        reason: Why it was not understood.
    """

    source: str
    line: int
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Modernised:
    """What became of a legacy server's registrations.

    Attributes:
        plain: The tools that were understood, in the order in which they were registered.
        left: The places that were not, in the order of files and lines.
        texts: The sources that say something else now, by path.
    """

    plain: tuple[Plain, ...]
    left: tuple[Left, ...]
    texts: Mapping[str, str]
