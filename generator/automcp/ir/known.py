"""As what callers know a server (`server`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .bindings import PythonCall


@dataclass(frozen=True, slots=True)
class KnownAs:
    """As what callers know a server that was made with an SDK of before.

    Attributes:
        sdk: That SDK.
        name: What the handshake calls the server; the service's name if `None`.
        version: The version that the handshake says; that of the installed SDK if `None`.
        unknown: What answers calls of tools that are not listed.
    """

    sdk: Literal["mcp1", "mcp1_lowlevel"]
    name: str | None
    version: str | None
    unknown: PythonCall | None
