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


Kind: TypeAlias = Literal["prompts", "resources", "templates"]
"""What a function is besides a tool: a prompt, a resource that is alone, or a family of them."""


@dataclass(frozen=True, slots=True)
class PlainOffer:
    """A prompt or resource whose function stands alone from now on, as `Plain` says it of tools.

    Attributes:
        listed: It as `prompts/list`, `resources/list` or `resources/templates/list` says it.
    """

    kind: Kind
    server: Server
    function: str
    listed: Mapping[str, Any]
    context: str | None
    flavour: Literal["mcp1", "fastmcp2"]
    source: str
    line: int

    @property
    def name(self) -> str:
        """What callers ask for: the name of a prompt, else an address or template."""
        return str(self.listed[KEYS[self.kind]])

    @property
    def known_as(self) -> str:
        """What tells it from all tools, prompts and resources."""
        return f"{self.kind} {self.name}"


KEYS: Mapping[Kind, str] = {"prompts": "name", "resources": "uri", "templates": "uriTemplate"}
"""The members that prompts and resources are asked for by."""


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
        offers: The prompts and resources that were understood, those of each kind in the order in which they were
            registered.
    """

    plain: tuple[Plain, ...]
    left: tuple[Left, ...]
    texts: Mapping[str, str]
    offers: tuple[PlainOffer, ...] = ()

    @property
    def functions(self) -> tuple[Plain | PlainOffer, ...]:
        """All that was understood."""
        return (*self.plain, *self.offers)
