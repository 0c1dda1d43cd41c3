"""Globs: `*.md`, `2026-??/*.txt`, `**/notes/*`; matched name by name on the way down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate

from ..shared.failure import BackendError

_LONGEST = 1000
_ANY = "**"
State = frozenset[int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A glob; `**` stands for any number of folders. Upper and lower case differ.

    Attributes:
        parts: What one name has to be, each; `None` is `**`.
    """

    parts: tuple[re.Pattern[str] | None, ...]

    @property
    def start(self) -> State:
        """What has to follow, before the first name."""
        return self._skipping({0})

    def after(self, state: State, name: str) -> State:
        """What has to follow after one more name; empty, if it fits nothing."""
        following: set[int] = set()
        for at in state:
            if at == len(self.parts):
                continue
            part = self.parts[at]
            if part is None:
                following.add(at)
            elif part.match(name):
                following.add(at + 1)
        return self._skipping(following)

    def fits(self, state: State) -> bool:
        """Whether nothing has to follow."""
        return len(self.parts) in state

    def goes_on(self, state: State) -> bool:
        """Whether something could follow."""
        return any(at < len(self.parts) for at in state)

    def _skipping(self, state: set[int]) -> State:
        """With what follows if a `**` stands for no folder at all."""
        for at in sorted(state):
            while at < len(self.parts) and self.parts[at] is None:
                at += 1
                state.add(at)
        return frozenset(state)


def pattern(glob: str) -> Pattern:
    """Read a glob. Raises `BackendError` if it leads out of the folder, or is too long."""
    names = [name for name in glob.split("/") if name not in ("", ".")]
    if glob.startswith("/") or ".." in names or len(glob) > _LONGEST or "\0" in glob:
        raise BackendError(f"{glob[:200]!r} is no pattern of names below a folder")
    return Pattern(tuple(None if name == _ANY else re.compile(translate(name)) for name in names))


EVERYTHING = pattern("*")
"""What lies in a folder itself."""
