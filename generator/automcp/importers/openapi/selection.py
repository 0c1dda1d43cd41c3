"""Which operations are imported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ...text.report import Diagnostic, Level, quoted
from ...text.suggest import did_you_mean
from .operations import OWN_FIELDS, Found
from .reading import member, text_of, texts

_MOST_TAGS = 12
_METHOD_AND_PATH = re.compile(r"([A-Za-z]+)\s+(/.*)")


@dataclass(frozen=True, slots=True)
class Selection:
    """Patterns that choose operations.

    A pattern is `tag:NAME`, a path such as `/pets/**`, a method, both (`GET /pets/*`), or an operation's id. `*` stands
    for anything but `/`, and `**` for anything at all; case makes no difference but in paths.

    Attributes:
        include: An operation has to fit one of these, if there are any.
        exclude: It must not fit one of these.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, found: Found) -> bool:
        wanted = not self.include or any(_fits(one, found) for one in self.include)
        return wanted and not any(_fits(one, found) for one in self.exclude)

    def idle(self, operations: Iterable[Found]) -> Iterable[Diagnostic]:
        """A warning for each pattern that fits nothing: it is probably misspelt."""
        known = list(operations)
        for option, patterns in (("--include", self.include), ("--exclude", self.exclude)):
            for pattern in patterns:
                if not any(_fits(pattern, found) for found in known):
                    message = f"{option} {quoted(pattern)} fits no operation"
                    yield Diagnostic(
                        "AM628", message, help=_way_out(pattern, known), level=Level.WARNING
                    )


def _way_out(pattern: str, known: list[Found]) -> str:
    """What a pattern may have been meant to say."""
    if not pattern.startswith("tag:"):
        return "a pattern is `tag:NAME`, `/path/**`, a method, `GET /path`, or an operationId"
    tags = Counter(tag for one in known for tag in texts(member(one.node, "tags")))
    if not tags:
        return "no operation has a tag: choose by `/path/**`, a method, or an operationId"
    near = did_you_mean(pattern[4:].strip(), tags)
    if near is not None:
        return near
    named = [quoted(one) for one, _ in tags.most_common(_MOST_TAGS)]
    more = f" and {len(tags) - len(named)} more" if len(tags) > len(named) else ""
    return f"tags are: {', '.join(named)}{more}"


def _fits(pattern: str, found: Found) -> bool:
    if pattern.startswith("tag:"):
        wanted = _glob(pattern[4:].strip().lower())
        return any(wanted.fullmatch(tag.lower()) for tag in texts(member(found.node, "tags")))
    if pattern.startswith("/"):
        return _glob(pattern).fullmatch(found.path) is not None
    if both := _METHOD_AND_PATH.fullmatch(pattern):
        return both[1].lower() == found.method.lower() and _fits(both[2], found)
    if pattern.lower() in OWN_FIELDS or pattern == found.sent:
        return pattern.lower() == found.method.lower()
    identifier = text_of(member(found.node, "operationId")) or ""
    return _glob(pattern.lower()).fullmatch(identifier.lower()) is not None


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> re.Pattern[str]:
    # One quantifier over all of the text at each star: no pattern takes exponential time, as stars in a row are one.
    pieces = re.split(r"(\*+)", pattern)
    made = [
        (".*" if len(piece) > 1 else "[^/]*") if piece.startswith("*") else re.escape(piece)
        for piece in pieces
    ]
    text = "".join(made)
    # `/pets/**` is about `/pets`, too.
    if pattern.endswith("/**"):
        text = text.removesuffix("/.*") + "(?:/.*)?"
    return re.compile(text, re.DOTALL)
