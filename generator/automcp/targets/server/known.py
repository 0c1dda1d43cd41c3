"""As what callers know the server (`server`): what is put around it, and the folders of the runtime for that."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Service
from ..python.text import quoted
from .bound.needed import Needed

_FOLDERS = ("as_server", "bound", "legacy/functions")
_ANSWER = "answer_unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """What is put around the server.

    Attributes:
        module: Of the package, where that is.
        function: Which function it is.
        keywords: What that is told.
        needed: The import of what answers for unknown tools.
    """

    module: str
    function: str
    keywords: tuple[str, ...]
    needed: Needed | None


def known_of(service: Service) -> Known | None:
    """What is put around the server of a service; `None` if it was made with no SDK of before."""
    known = service.known_as
    if known is None:
        return None
    keywords = [] if known.version is None else [f"version={quoted(known.version)}"]
    needed = None
    if known.unknown is not None:
        first, *members = known.unknown.function.split(".")
        line = f"from {known.unknown.module} import {first} as {_ANSWER}"
        needed = Needed(line, quoted("server.unknown"))
        keywords.append(f"unknown={'.'.join((_ANSWER, *members))}")
    function = f"as_{known.sdk}"
    return Known(f"._runtime.as_server.{known.sdk}", function, tuple(keywords), needed)


def folders_of(service: Service) -> tuple[str, ...]:
    """The folders of the runtime that it needs."""
    return () if service.known_as is None else _FOLDERS
