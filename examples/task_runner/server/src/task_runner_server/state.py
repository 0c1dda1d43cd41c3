"""What lives as long as the task runner: the processes that it has started."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio

from .errors import AlreadyRunning
from .models import AlreadyRunningData
from .settings import Settings


@dataclass
class Running:
    """A task with a process; leaving `scope` by cancelling it stops the process."""

    task: str
    scope: anyio.CancelScope


@dataclass
class State:
    """At most one running task for each project."""

    running: dict[Path, Running] = field(default_factory=dict[Path, Running])

    @contextmanager
    def claim(self, project: Path, task: str) -> Generator[anyio.CancelScope]:
        """Hold the project for a task. Raises `AlreadyRunning` if another one holds it."""
        if holder := self.running.get(project):
            raise AlreadyRunning(data=AlreadyRunningData(task=holder.task))
        with anyio.CancelScope() as scope:
            self.running[project] = Running(task, scope)
            try:
                yield scope
            finally:
                del self.running[project]


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    """Start with nothing running, and stop what still runs at the end."""
    state = State()
    try:
        yield state
    finally:
        for running in state.running.values():
            running.scope.cancel()
