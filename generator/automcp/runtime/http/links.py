"""The `Link` header (RFC 8288)."""

from __future__ import annotations

import re

_TOKEN = r"[\w!#$&+.^`|~*-]++"
_VALUE = r'"(?:\\.|[^"\\])*+"|[^\s";,]++'
_LINK = re.compile(
    rf"\s*+<([^>]*+)>\s*+((?:;\s*+(?:{_TOKEN}\s*+(?:=\s*+(?:(?:{_VALUE})\s*+)?)?)?)*+)"
)
_PARAMETER = re.compile(rf";\s*+({_TOKEN})\s*+=\s*+({_VALUE})")


def next_of(header: str) -> str | None:
    """The reference of the first link whose relation is `next`; `None` without one."""
    at = 0
    while found := _LINK.match(header, at):
        if "next" in _relations(found[2]):
            return found[1]
        if header[found.end() : found.end() + 1] != ",":
            break
        at = found.end() + 1
    return None


def _relations(parameters: str) -> list[str]:
    for found in _PARAMETER.finditer(parameters):
        if found[1].lower() == "rel":
            # The first counts (section 3.3), and it may name several.
            return found[2].strip('"').lower().split()
    return []
