"""The nearest known name, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LIKENESS = 0.7
_LONGEST = 100


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be.

    The rule: seven tenths of both names' letters are the same, in the same order; case does not
    count. Nobody types a name of more than a hundred letters, and comparing long ones is slow.
    """
    by_folded = {other.casefold(): other for other in known if len(other) <= _LONGEST}
    if len(name) > _LONGEST:
        return None
    close = get_close_matches(name.casefold(), by_folded, n=1, cutoff=_LIKENESS)
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The help text for an unknown name, if a known one is near."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near is not None else None
