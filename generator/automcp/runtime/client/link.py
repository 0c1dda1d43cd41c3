"""What a group needs of the client that it belongs to: `Link`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ..shared.surface import Surface
from .breaker import Clock
from .config import ClientConfig
from .exchange import Exchange
from .hooks import Hooks
from .metrics import ClientMetrics
from .operation import Operation
from .progress import ProgressTracker
from .retry import Sleep


class Link(Protocol):
    """The way from a group to the server, and what all groups of a client share."""

    @property
    def config(self) -> ClientConfig: ...
    @property
    def hooks(self) -> Hooks: ...
    @property
    def metrics(self) -> ClientMetrics: ...
    @property
    def tracker(self) -> ProgressTracker: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def sleep(self) -> Sleep: ...

    @property
    def exchange(self) -> Exchange:
        """What requests are made over."""
        ...

    @property
    def surface(self) -> Surface:
        """What the server offers. Raises `ConnectionError` before a client without one has connected."""
        ...

    def operations(self, group: str) -> Mapping[str, Operation[Any]]:
        """The operations of a group that was given none: the tools called `<group>_…` or `<group>.…`, and all tools by their full names."""
        ...

    def reconnect(self) -> None:
        """Let the next calls use new connections."""
        ...
