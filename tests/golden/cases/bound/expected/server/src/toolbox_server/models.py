"""What the operations of Toolbox take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Any

from ._runtime.shared.model import ABSENT, Model


class Facts(Model):
    code: int
    stderr: str | None = ABSENT


class GitLogParams(Model):
    """What git.log takes."""

    revision: str = "HEAD"
    """Where to begin."""
    limit: int = 10
    """How many."""
    author: str | None = ABSENT
    """Only theirs."""
    merges: bool | None = ABSENT
    """Only merges, if true."""
    paths: list[str] | None = ABSENT
    """Only what touched these."""


class TextShortenParams(Model):
    """What text.shorten takes."""

    text: str
    """The text."""
    width: int = 70
    """Characters that it may have."""
    placeholder: str | None = ABSENT
    """What stands for the rest."""


class TextSortParams(Model):
    """What text.sort takes."""

    text: str
    """The lines."""
    reverse: bool = False
    """From the end."""


class TextQueryArguments(Model):
    document: Any
    filter: str


class TextRhymesParams(Model):
    """What text.rhymes takes."""

    word: str
    """The word."""


class HouseMeanParams(Model):
    """What house.mean takes."""

    data: list[int | float]
    """The temperatures."""
    weights: list[int | float] | None = ABSENT
    """What each counts."""
