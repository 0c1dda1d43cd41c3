"""Makes many findings few: what is said of a hundred places need not be read a hundred times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .report import Diagnostic, Level

MOST = 5
"""Notes and warnings of one code that are shown one by one."""

_RANKS = {Level.NOTE: 0, Level.WARNING: 1, Level.ERROR: 2}


def condensed(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings with what is worst at the end, where one looks first; of many notes or warnings of a code, one."""
    counted = Counter((found.code, found.level) for found in findings)
    told: set[tuple[str, Level]] = set()
    shown: list[Diagnostic] = []
    for found in findings:
        key = found.code, found.level
        count = counted[key]
        if found.level is Level.ERROR or count <= MOST:
            shown.append(found)
        elif key not in told:
            told.add(key)
            message = f"{found.message}; and {count - 1:,} more of this kind"
            shown.append(replace(found, message=message))
    return sorted(shown, key=lambda found: _RANKS[found.level])


def tally(findings: Iterable[Diagnostic]) -> str:
    """How many findings there are of each level and code, in a line; empty if there are none."""
    levels: Counter[Level] = Counter()
    codes: Counter[str] = Counter()
    for found in findings:
        levels[found.level] += 1
        codes[found.code] += 1
    kinds = [
        f"{levels[level]:,} {level}{'' if levels[level] == 1 else 's'}"
        for level in (Level.ERROR, Level.WARNING, Level.NOTE)
        if levels[level]
    ]
    each = ", ".join(f"{code} {count:,}" for code, count in sorted(codes.items()))
    return f"{', '.join(kinds)} ({each})" if kinds else ""


def explained(findings: Iterable[Diagnostic]) -> str:
    """How to know more of the findings: the code that is met most."""
    codes = Counter(found.code for found in findings)
    return f"`automcp explain {codes.most_common(1)[0][0]}` says what one means"
