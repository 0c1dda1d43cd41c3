"""What the spec says that the text group does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from .._runtime.bound.reading import read
from .._runtime.command.argv import option, words
from .._runtime.command.run import run
from .._runtime.python.function import call
from .._runtime.shared.content import Text
from .._runtime.shared.model import given
from ..contract import Context
from ..models import TextQueryArguments


class BoundText:
    """What can be done with texts."""

    async def shorten(
        self,
        text: str,
        width: int,
        placeholder: str | None,
        context: Context,
    ) -> str:
        """Shorten a text, at the end of a word."""
        answer = await call(shorten, text=text, width=width, placeholder=given(placeholder))
        return read(str, answer)

    async def sort(self, text: str, reverse: bool, context: Context) -> Text | Sequence[Text]:
        """Sort lines."""
        answer = await run(["sort", *option("--reverse", reverse=reverse)], stdin=text)
        return Text(read(str, answer))

    async def query(self, arguments: TextQueryArguments, context: Context) -> Any:
        """Look something up in JSON."""
        answer = await run(
            ["jq", *words(filter=arguments.filter)],
            output="json",
            stdin=arguments.document,
            limit=1000000,
        )
        return read(Any, answer)
