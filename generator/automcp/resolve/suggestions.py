"""What was probably meant, as long as it is not asked too often."""

from __future__ import annotations

from collections.abc import Collection

from ..text.suggest import nearest

_MOST_COMPARISONS = 200_000
"""How many names are compared before no more suggestions are made; about a second's worth."""


class Suggestions:
    """Help texts for unknown names; a spec with thousands of typos gets no more of them."""

    def __init__(self) -> None:
        self._comparisons = 0

    def of(self, name: str, known: Collection[str]) -> str | None:
        """`did you mean ...?`, if a known name is near."""
        self._comparisons += len(known)
        if self._comparisons > _MOST_COMPARISONS:
            return None
        near = nearest(name, known)
        return f"did you mean `{near}`?" if near is not None else None
