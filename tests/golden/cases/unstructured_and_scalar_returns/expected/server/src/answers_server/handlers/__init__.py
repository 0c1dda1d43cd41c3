"""What the answers server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import AnswersHandlers
from .answers import Answers

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.answers: AnswersHandlers = Answers()
