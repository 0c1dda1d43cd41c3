"""One timer for the time limits of all requests on their way: `TimeLimits`.

A cancel scope with a deadline has a timer of its own, which is made, put in order and cancelled for every request,
although hardly any is late. An entry in a dict instead makes a small call in memory 4 us of 125 faster.
"""

from __future__ import annotations

from math import inf
from time import monotonic

import anyio
import anyio.abc


class TimeLimits:
    """Cancels scopes whose time is up. Between `open` and `close`, it has a task where it waits for the next."""

    def __init__(self) -> None:
        self._ends: dict[anyio.CancelScope, float] = {}
        self._tasks: anyio.abc.TaskGroup | None = None
        self._nap: anyio.CancelScope | None = None
        self._next = inf
        """When the ends are looked at again: no later than the first of them."""

    def open(self, tasks: anyio.abc.TaskGroup) -> None:
        """Be ready; the waiting will be done by a task of `tasks`."""
        self._tasks = tasks

    def close(self) -> None:
        """End the waiting. Scopes that are here still are not cancelled any more."""
        self._tasks = None
        if self._nap is not None:
            self._nap.cancel()

    def add(self, scope: anyio.CancelScope, seconds: float) -> None:
        """Cancel a scope in so many seconds, unless it is removed before."""
        self._ends[scope] = end = monotonic() + seconds
        if end < self._next:
            self._look_at(end)

    def remove(self, scope: anyio.CancelScope) -> None:
        """Forget a scope, whether it is known or not."""
        self._ends.pop(scope, None)

    def _look_at(self, end: float) -> None:
        self._next = end
        if self._nap is not None:
            self._nap.deadline = anyio.current_time() + (end - monotonic())
        elif self._tasks is not None:
            self._nap = anyio.CancelScope()
            self._tasks.start_soon(self._watch)

    async def _watch(self) -> None:
        try:
            while self._ends and self._tasks is not None:
                self._next = min(self._ends.values())
                until = anyio.current_time() + self._next - monotonic()
                with anyio.CancelScope(deadline=until) as self._nap:
                    await anyio.sleep_forever()
                self._cancel_late(monotonic())
        finally:
            self._nap, self._next = None, inf

    def _cancel_late(self, now: float) -> None:
        for scope in [scope for scope, end in self._ends.items() if end <= now]:
            self.remove(scope)
            scope.cancel()
