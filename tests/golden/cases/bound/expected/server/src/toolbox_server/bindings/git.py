"""What the spec says that the git group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from .._runtime.bound.reading import read
from .._runtime.bound.values import revealed, text
from .._runtime.command.argv import any_words, option, words
from .._runtime.command.run import run
from ..contract import Context
from ..errors import GitFailed, NoSuchRevision


class BoundGit:
    """What happened in the repository."""

    async def log(
        self,
        revision: str,
        limit: int,
        author: str | None,
        merges: bool | None,
        paths: list[str] | None,
        context: Context,
    ) -> list[str]:
        """The subjects of the latest commits."""
        answer = await run(
            [
                "git",
                "log",
                "--format=%s",
                *option("--max-count", limit=limit),
                *option("--author", author=author),
                *option("--merges", merges=merges),
                *words(revision=revision),
                "--",
                *any_words(paths=paths),
            ],
            output="lines",
            cwd=context.settings.repository,
            environment={"GIT_PAGER": "cat"},
            errors={128: NoSuchRevision},
            otherwise=GitFailed,
        )
        return read(list[str], answer)

    async def fetch(self, context: Context) -> None:
        """Fetch what is new."""
        await run(
            ["git", "fetch"],
            output="none",
            cwd=context.settings.repository,
            environment={
                "GIT_TERMINAL_PROMPT": "0",
                "GIT_ASKPASS": "answer-token",
                "TOKEN": text(revealed(context.settings.token)),
            },
            inherited=("PATH", "HOME"),
            otherwise=GitFailed,
            secrets=(revealed(context.settings.token),),
        )
