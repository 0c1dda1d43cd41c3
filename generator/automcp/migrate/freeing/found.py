"""What became of a server whose tools are all compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..modernise import Left


@dataclass(frozen=True, slots=True)
class Identity:
    """As what callers know the server.

    Attributes:
        sdk: What it was made with.
        name: What the handshake calls it.
        version: The version that the handshake says; that of the SDK if `None`.
        unknown: What answers calls of tools that are not listed, `module:function`.
    """

    sdk: Literal["mcp1", "mcp1_lowlevel"]
    name: str
    version: str | None
    instructions: str | None
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Freed:
    """A server that needs no adapter any more.

    Attributes:
        texts: The sources that say something else now, by path.
        paths: The sources whose imports are those of today's SDK, if they have any.
    """

    identity: Identity
    texts: Mapping[str, str]
    paths: frozenset[str]


class Held(Exception):
    """The adapter stays.

    Attributes:
        places: Where it is still needed, and what for.
        as_before: Whether the lines are those of the sources as they were; else as they are without registrations.
    """

    def __init__(self, *places: Left, as_before: bool = False) -> None:
        super().__init__(*(one.reason for one in places))
        self.places = places
        self.as_before = as_before


def held(path: str, node: object, reason: str) -> Held:
    """The reason that one place of a source gives."""
    return Held(Left(path, getattr(node, "lineno", 1), None, reason))
