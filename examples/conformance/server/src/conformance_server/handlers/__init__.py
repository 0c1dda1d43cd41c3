"""What the Conformance server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import (
    ClientHandlers,
    ContentHandlers,
    DocumentsHandlers,
    PromptsHandlers,
    RoundsHandlers,
    TasksHandlers,
)
from .client import Client
from .content import Content
from .documents import Documents
from .prompts import Prompts
from .rounds import Rounds
from .tasks import Tasks

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.content: ContentHandlers = Content()
        self.client: ClientHandlers = Client()
        self.rounds: RoundsHandlers = Rounds()
        self.tasks: TasksHandlers = Tasks()
        self.documents: DocumentsHandlers = Documents()
        self.prompts: PromptsHandlers = Prompts()
