"""What references do at one value: whether they only lead back, and whether it surely is an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ..spec.document import Node
from ..spec.keywords import Path, applies_in_place, member, subschemas, text_of
from ..text.report import Diagnostic, Label, Report
from .anatomy import REFERENCES
from .written import Bound, Local, Shared

Named: TypeAlias = Mapping[str, Bound]
_Place: TypeAlias = tuple[Bound, Path]


class Loops:
    """Finds references that lead back to themselves without ever going deeper into the value.

    JSON Schema 2020-12 core, 9.4.1: such a schema has no meaning, and validators may run forever.
    Recursive data is something else: there the value gets smaller with each round.
    """

    def __init__(self, named: Named, report: Report) -> None:
        self._named = named
        self._report = report
        self._done: set[_Place] = set()

    def search(self, bound: Bound) -> set[Bound]:
        """Report the loops that a schema leads into; the schemas that take part."""
        broken: set[Bound] = set()
        # Without a reference none leads back.
        if not bound.written.anatomy.references:
            return broken
        for path in bound.written.anatomy.schemas:
            broken |= self._search((bound, path))
        return broken

    def _search(self, start: _Place) -> set[Bound]:
        broken: set[Bound] = set()
        trail: dict[_Place, Node | None] = {start: None}
        ahead = [_steps(start, self._named)] if start not in self._done else []
        while ahead:
            step = next(ahead[-1], None)
            if step is None:
                ahead.pop()
                self._done.add(trail.popitem()[0])
                continue
            place, by = step
            if place in trail:
                round_trip = list(trail.items())[list(trail).index(place) + 1 :]
                broken |= {bound for (bound, _), _ in [*round_trip, step]}
                self._report.add(_loop([by for _, by in [*round_trip, step] if by is not None]))
            elif place not in self._done:
                trail[place] = by
                ahead.append(_steps(place, self._named))
        return broken


def _steps(place: _Place, named: Named) -> Iterator[tuple[_Place, Node | None]]:
    """The schemas that see the same value, with the reference that leads there."""
    bound, path = place
    schema = bound.written.anatomy.schemas[path]
    for inner, _ in subschemas(schema):
        if applies_in_place(inner):
            yield (bound, (*path, *inner)), None
    for keyword in REFERENCES:
        target = _follow(place, keyword, named)
        if target is not None:
            yield target, member(schema, keyword)


def _follow(place: _Place, keyword: str, named: Named) -> _Place | None:
    bound, path = place
    match bound.targets.get((path, keyword)):
        case Local(inner):
            return bound, inner
        case Shared(key):
            return named[key], ()
        case None:
            return None


def _loop(references: list[Node]) -> Diagnostic:
    first, *others = sorted(references, key=lambda by: (by.span.source.name, by.span.start))
    return Diagnostic(
        "AM205",
        "this reference only leads back to itself",
        Label(first.span),
        tuple(Label(by.span, "by way of this one") for by in others),
        "say somewhere on the way what the value is",
    )


def surely_object(bound: Bound, named: Named, path: Path = ()) -> bool:
    """Whether every value that a schema allows is an object, as far as `type`, `$ref` and `allOf` say."""
    waiting: list[_Place] = [(bound, path)]
    seen: set[_Place] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        schema = place[0].written.anatomy.schemas[place[1]]
        if says_object(schema):
            return True
        target = _follow(place, "$ref", named)
        if target is not None:
            waiting.append(target)
        waiting.extend(
            (place[0], (*place[1], *inner))
            for inner, _ in subschemas(schema)
            if inner[0] == "allOf"
        )
    return False


def says_object(schema: Node) -> bool:
    """Whether the root itself has `type: object`, which is what MCP asks of a published schema."""
    return text_of(member(schema, "type")) == "object"


def no_object(what: str, at: Node) -> Diagnostic:
    """The finding that a schema that must describe an object does not say so at its root."""
    return Diagnostic(
        "AM220", f"{what} must be an object", Label(at.span), help="add `type: object`"
    )
