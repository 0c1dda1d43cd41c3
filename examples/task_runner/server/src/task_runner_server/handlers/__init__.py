"""The task runner's own code."""

from __future__ import annotations

from .tasks import Tasks


class App:
    """Everything that the task runner needs from you."""

    def __init__(self) -> None:
        self.tasks = Tasks()
