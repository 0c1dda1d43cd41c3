"""What the handlers of Toolbox implement.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

from ._runtime.server.context import Answer
from ._runtime.server.context import Context as RequestContext
from ._runtime.shared.content import Text
from .models import TextQueryArguments
from .settings import Settings

Context: TypeAlias = RequestContext[None, Settings]
"""What every handler is given last: progress, log, the caller, settings and state."""


class GitHandlers(Protocol):
    """What happened in the repository."""

    def log(
        self,
        revision: str,
        limit: int,
        author: str | None,
        merges: bool | None,
        paths: list[str] | None,
        context: Context,
    ) -> Answer[list[str]]:
        """The subjects of the latest commits.

        Args:
            revision: Where to begin.
            limit: How many.
            author: Only theirs.
            merges: Only merges, if true.
            paths: Only what touched these.

        Raises:
            NoSuchRevision: The repository has no such revision.
            GitFailed: Git failed.
        """
        ...

    def fetch(self, context: Context) -> Answer[None]:
        """Fetch what is new.

        Raises:
            GitFailed: Git failed.
        """
        ...


class TextHandlers(Protocol):
    """What can be done with texts."""

    def shorten(
        self, text: str, width: int, placeholder: str | None, context: Context
    ) -> Answer[str]:
        """Shorten a text, at the end of a word.

        Args:
            text: The text.
            width: Characters that it may have.
            placeholder: What stands for the rest.
        """
        ...

    def sort(self, text: str, reverse: bool, context: Context) -> Answer[Text | Sequence[Text]]:
        """Sort lines.

        Args:
            text: The lines.
            reverse: From the end.
        """
        ...

    def query(self, arguments: TextQueryArguments, context: Context) -> Answer[Any]:
        """Look something up in JSON."""
        ...

    def rhymes(self, word: str, context: Context) -> Answer[list[str]]:
        """Words that rhyme.

        Args:
            word: The word.
        """
        ...


class HouseHandlers(Protocol):
    """The house itself."""

    def mean(
        self, data: list[int | float], weights: list[int | float] | None, context: Context
    ) -> Answer[int | float]:
        """The mean of the temperatures.

        Args:
            data: The temperatures.
            weights: What each counts.
        """
        ...


class Handlers(Protocol):
    """Everything that the Toolbox server needs from you."""

    @property
    def git(self) -> GitHandlers: ...

    @property
    def text(self) -> TextHandlers: ...

    @property
    def house(self) -> HouseHandlers: ...
