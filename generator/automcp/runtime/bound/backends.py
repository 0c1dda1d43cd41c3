"""What bound operations work with, opened and closed with the server."""

from __future__ import annotations

import logging
from dataclasses import fields
from typing import Any, ClassVar, Protocol, Self, cast, runtime_checkable

import anyio

logger = logging.getLogger(__name__)

_GRACE = 5
"""Seconds that a backend has to close."""


class Backend(Protocol):
    """One backend: connects when it is first used, and again if it is used after it was closed."""

    async def aclose(self) -> None:
        """Close what is open; without anything open, do nothing."""
        ...


@runtime_checkable
class Started(Protocol):
    """A backend that has tasks of its own, which have to begin and end in one task."""

    async def start(self) -> None:
        """Be ready; nothing connects yet."""
        ...


class OpenBackends:
    """All backends of a server, the fields of a dataclass. Leaving it closes every one of them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    async def __aenter__(self) -> Self:
        for field in fields(self):
            backend = getattr(self, field.name)
            if isinstance(backend, Started):
                await backend.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for field in reversed(fields(self)):
            backend = cast("Backend", getattr(self, field.name))
            if isinstance(backend, Started):
                # A scope around it would be younger than its tasks, and scopes end in order.
                await _closed(field.name, backend)
            else:
                # Even while the server is being cancelled, and whatever becomes of the one before.
                with anyio.CancelScope(shield=True), anyio.move_on_after(_GRACE):
                    await _closed(field.name, backend)


async def _closed(name: str, backend: Backend) -> None:
    try:
        await backend.aclose()
    except Exception:
        logger.exception("The backend %s could not be closed.", name)
