"""Names places of edited sources by the lines that they had before."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..modernise import Left
from ..survey import Project


def as_they_were(
    project: Project, texts: Mapping[str, str], places: Iterable[Left]
) -> tuple[Left, ...]:
    """Places by the lines that they had.

    Args:
        texts: The edited sources, by path.
    """
    return tuple(_as_it_was(project, texts, one) for one in places)


def _as_it_was(project: Project, texts: Mapping[str, str], place: Left) -> Left:
    before, text = project.sources.get(place.source), texts.get(place.source)
    if before is None or text is None:
        return place
    old, new = before.text.splitlines(), text.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        if second < place.line <= second + size:
            return replace(place, line=first + place.line - second)
    # What moved is found by what it says.
    said = new[place.line - 1].strip() if place.line <= len(new) else ""
    at = [number for number, line in enumerate(old, 1) if said and line.strip() == said]
    return replace(place, line=at[0]) if at else place
