"""What there is to know about a diagnostic code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code's page in the manual, printed by `automcp explain`.

    Attributes:
        title: The rule in a few words.
        why: Why it is a rule, and what to do.
        bad: The smallest spec text that breaks it; empty where no spec text is to blame.
        good: The same text mended.
    """

    title: str
    why: str
    bad: str
    good: str
