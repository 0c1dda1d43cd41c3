"""Compares what a server shows before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..importers.server.capture import Captured

_LISTS = {"tools": "name", "prompts": "name", "resources": "uri", "templates": "uriTemplate"}
_SEEN = (
    "annotations", "arguments", "description", "inputSchema", "mimeType", "name", "outputSchema", "title",
)  # fmt: skip
"""The members of what is listed that callers go by."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a caller sees otherwise.

    Attributes:
        part: `server`, `tools`, `prompts`, `resources` or `templates`.
        name: Which of them; empty for the server.
        member: What of it; empty if it is there in one alone.
        before: What it was; `None` if it was not there.
        after: What it is.
    """

    part: str
    name: str
    member: str
    before: Any
    after: Any

    def __str__(self) -> str:
        what = f"{self.part} {self.name}".strip()
        if self.member:
            return f"{what}: `{self.member}` differs"
        return f"{what}: {'new' if self.before is None else 'missing'}"


def differences(before: Captured, after: Captured) -> tuple[Difference, ...]:
    """Everything that a caller sees otherwise, in a fixed order."""
    found: list[Difference] = []
    for member, old, new in (
        ("name", before.server.get("name"), after.server.get("name")),
        ("instructions", before.instructions, after.instructions),
    ):
        if old != new:
            found.append(Difference("server", "", member, old, new))
    for part, key in _LISTS.items():
        found += listed_differences(
            part, _by(key, getattr(before, part)), _by(key, getattr(after, part))
        )
    return tuple(found)


def _by(key: str, items: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(item.get(key)): item for item in items}


def listed_differences(
    part: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterable[Difference]:
    """Everything that a caller sees otherwise of the items of a list, by name."""
    for name in [*before, *(one for one in after if one not in before)]:
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield Difference(part, name, "", old, new)
            continue
        for member in _SEEN:
            if _plain(old.get(member)) != _plain(new.get(member)):
                yield Difference(part, name, member, old.get(member), new.get(member))


def _plain(value: Any) -> Any:
    """A value without members that say nothing: `null` is what is not said."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {key: one for key, one in members.items() if one is not None} or None
    return value or None
