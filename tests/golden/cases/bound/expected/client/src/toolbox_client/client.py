"""Calls what Toolbox offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._runtime.client import (
    AutoMCPClient,
    Block,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    ResourceOffer,
    Surface,
    Target,
    given,
)
from .errors import GitFailed, NoSuchRevision
from .models import TextQueryArguments

_SURFACE = Surface.beside(__file__)

_GIT_LOG = Operation[list[str]](
    "log",
    tool="git_log",
    returns=list[str],
    repeatable=True,
    errors=(NoSuchRevision, GitFailed),
    timeout=10,
)

_GIT_FETCH = Operation[None]("fetch", tool="git_fetch", repeatable=False, errors=(GitFailed,))


class Git(ErrorHandlingGroup):
    """What happened in the repository."""

    async def log(
        self,
        revision: str = "HEAD",
        limit: int = 10,
        author: str | None = None,
        merges: bool | None = None,
        paths: list[str] | None = None,
    ) -> list[str]:
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
        return await self.call(
            _GIT_LOG,
            {
                "revision": revision,
                "limit": limit,
                "author": given(author),
                "merges": given(merges),
                "paths": given(paths),
            },
        )

    async def fetch(self) -> None:
        """Fetch what is new.

        Raises:
            GitFailed: Git failed.
        """
        await self.call(_GIT_FETCH)


_TEXT_SHORTEN = Operation[str]("shorten", tool="text_shorten", returns=str, repeatable=True)

_TEXT_SORT = Operation[None]("sort", tool="text_sort", repeatable=True)

_TEXT_QUERY = Operation[Any]("query", tool="text_query", returns=Any, repeatable=True)

_TEXT_RHYMES = Operation[list[str]](
    "rhymes", tool="text_rhymes", returns=list[str], repeatable=True
)


class TextGroup(ErrorHandlingGroup):
    """What can be done with texts."""

    async def shorten(self, text: str, width: int = 70, placeholder: str | None = None) -> str:
        """Shorten a text, at the end of a word.

        Args:
            text: The text.
            width: Characters that it may have.
            placeholder: What stands for the rest.
        """
        return await self.call(
            _TEXT_SHORTEN, {"text": text, "width": width, "placeholder": given(placeholder)}
        )

    async def sort(self, text: str, reverse: bool = False) -> tuple[Block, ...]:
        """Sort lines.

        Args:
            text: The lines.
            reverse: From the end.
        """
        return await self.call_for_blocks(_TEXT_SORT, {"text": text, "reverse": reverse})

    async def query(self, arguments: TextQueryArguments) -> Any:
        """Look something up in JSON."""
        return await self.call(_TEXT_QUERY, arguments)

    async def rhymes(self, word: str) -> list[str]:
        """Words that rhyme.

        Args:
            word: The word.
        """
        return await self.call(_TEXT_RHYMES, {"word": word})


_HOUSE_MEAN = Operation[int | float](
    "mean", tool="house_mean", returns=int | float, repeatable=True
)

_HOUSE_RULES = ResourceOffer[str]("rules", uri="house://rules")


class House(ErrorHandlingGroup):
    """The house itself."""

    async def mean(
        self, data: list[int | float], weights: list[int | float] | None = None
    ) -> int | float:
        """The mean of the temperatures.

        Args:
            data: The temperatures.
            weights: What each counts.
        """
        return await self.call(_HOUSE_MEAN, {"data": data, "weights": given(weights)})

    async def rules(self) -> str:
        """The rules."""
        return await self.read_text(_HOUSE_RULES)


class ToolboxClient(AutoMCPClient):
    """Small tools of the house, most of which exist already."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "toolbox", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.git = self.add_group(Git(self, "git", (_GIT_LOG, _GIT_FETCH)))
        self.text = self.add_group(
            TextGroup(self, "text", (_TEXT_SHORTEN, _TEXT_SORT, _TEXT_QUERY, _TEXT_RHYMES))
        )
        self.house = self.add_group(House(self, "house", (_HOUSE_MEAN,)))
