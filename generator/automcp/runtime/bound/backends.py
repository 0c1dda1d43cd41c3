"""What bound operations work with, opened and closed with the server."""

from __future__ import annotations

import logging
from dataclasses import fields
from typing import Any, ClassVar, Protocol, Self, cast

import anyio

logger = logging.getLogger(__name__)

_GRACE = 5
"""Seconds that a backend has to close."""


class Backend(Protocol):
    """One backend: connects when it is first used, and again if it is used after it was closed."""

    async def aclose(self) -> None:
        """Close what is open; without anything open, do nothing."""
        ...


class OpenBackends:
    """All backends of a server, the fields of a dataclass. Leaving it closes every one of them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for field in reversed(fields(self)):
            backend = cast("Backend", getattr(self, field.name))
            # Even while the server is being cancelled, and whatever becomes of the one before.
            with anyio.CancelScope(shield=True), anyio.move_on_after(_GRACE):
                try:
                    await backend.aclose()
                except Exception:
                    logger.exception("The backend %s could not be closed.", field.name)
