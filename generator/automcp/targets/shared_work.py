"""Work whose result several targets need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from ..ir.model import Service

T = TypeVar("T")


class SharedWork(Generic[T]):
    """What is worked out of a service once, and kept until somebody asks about another one.

    It can be done elsewhere, such as in another process, and what came of it be kept here.
    """

    def __init__(self, work: Callable[[Service], T]) -> None:
        self._work = work
        self._kept: tuple[Service, T] | None = None

    def __call__(self, service: Service) -> T:
        if self._kept is None or self._kept[0] is not service:
            self.keep(service, self._work(service))
        assert self._kept is not None
        return self._kept[1]

    def keep(self, service: Service, result: T) -> None:
        """Give back `result` from now on."""
        self._kept = service, result
