"""Reads which prompts and resources are registered on a server, and tells what of it is understood."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ...importers.server.capture import Captured
from ...importers.server.offers import is_addressable
from .asked import OFFERS
from .derived import Said
from .found import KEYS, Kind, Left, PlainOffer
from .literals import Unclear, is_of
from .made import Made
from .offered import prompt_of, resource_of
from .reading import OBJECTS_SINCE, Reading
from .registered import Registration
from .scopes import Function
from .standalone_offers import prompt_of_fastmcp, resource_of_fastmcp
from .values import Values

_SHOWN = frozenset({"name", "title", "description", "icons"})
_OF_RESOURCES = _SHOWN | {"uri", "mime_type", "annotations", "meta"}
_WORDS: Mapping[tuple[str, str], frozenset[str]] = {
    ("mcp1", "prompt"): _SHOWN,
    ("mcp1", "resource"): _OF_RESOURCES,
    ("fastmcp2", "prompt"): _SHOWN | {"tags", "meta", "enabled"},
    ("fastmcp2", "resource"): _OF_RESOURCES | {"tags", "enabled"},
}
"""The words of the decorators."""

Staying: TypeAlias = Callable[[PlainOffer], "str | None"]
"""Why a prompt or resource stays although it is understood; `None` if it does not."""


@dataclass(frozen=True, eq=False)
class UnderstoodOffer:
    """A prompt or resource that was understood, and where it is registered.

    Attributes:
        moved_out_of: The function that its function stands in, which it leaves.
    """

    plain: PlainOffer
    one: Registration
    moved_out_of: Function | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where something is registered: what is understood of it, or why it stays."""

    kinds: tuple[Kind, ...]
    found: UnderstoodOffer | None
    left: Left


def offers_of(
    reading: Reading, made: Made, captured: Captured | None, staying: Staying
) -> tuple[list[UnderstoodOffer], list[Left]]:
    """What was understood of the prompts and resources that are registered on a server, and what was not.

    Those that are compiled are listed, and templates tried, after those that stay: so one stays if a later one of its
    kind does.
    """
    places = _no_twins(list(_places(reading, made, captured, staying)))
    found: list[UnderstoodOffer] = []
    left: list[Left] = []
    staying_kinds: dict[Kind, Left] = {}
    for place in reversed(places):
        later = [staying_kinds[kind] for kind in place.kinds if kind in staying_kinds]
        if place.found is not None and not later:
            found.append(place.found)
            continue
        reason = place.left
        if place.found is not None:
            name = f"`{later[0].name}`" if later[0].name else "another one"
            reason = _left(place.found.one, f"{name}, which stays, is registered after it")
        left.append(reason)
        for kind in place.kinds:
            staying_kinds.setdefault(kind, reason)
    return found[::-1], left[::-1]


def _places(
    reading: Reading, made: Made, captured: Captured | None, staying: Staying
) -> Iterator[_Place]:
    used, *_, order = reading.followed(made)
    reading.seen |= {id(one.attribute) for one in used.offered if one.attribute is not None}
    kinds_at = {
        (use.source.path, use.node.lineno): OFFERS[use.attribute.attr]
        for use in used.offered
        if use.attribute is not None
    }
    for one, place in reading.ordered(made, used.offered, order):
        kinds = kinds_at[place.source, place.line]
        if one is None:
            yield _Place(kinds, None, place)
            continue
        try:
            found = _understood(reading, made, captured, one)
            reason = staying(found.plain)
            left = _left(one, reason or "", found.plain.name)
            yield _Place((found.plain.kind,), None if reason else found, left)
        except Unclear as error:
            yield _Place(kinds, None, _left(one, str(error)))


def _no_twins(places: Sequence[_Place]) -> list[_Place]:
    """The same places; those stay that are called, or lie, as another one of theirs does."""
    plain = [place.found.plain for place in places if place.found is not None]
    names = Counter(one.known_as for one in plain)
    titles = Counter(_wire_name(one) for one in plain)
    return [
        place
        if place.found is None
        or names[place.found.plain.known_as] == titles[_wire_name(place.found.plain)] == 1
        else _Place(place.kinds, None, _left(place.found.one, "another one has the same name"))
        for place in places
    ]


def _wire_name(one: PlainOffer) -> tuple[bool, str]:
    return one.kind == "prompts", str(one.listed["name"])


def _left(one: Registration, reason: str, name: str | None = None) -> Left:
    line = one.function.lineno if one.statement is None else one.statement.lineno
    return Left(one.place.path, line, name or one.function.name, reason)


def _understood(
    reading: Reading, made: Made, captured: Captured | None, one: Registration
) -> UnderstoodOffer:
    used, alone, late, _ = reading.followed(made)
    if used.unfollowed:
        source, line, reason = used.unfollowed[0]
        raise Unclear(f"{source.path}:{line}: {reason}")
    moved = reading.checked(made, used, alone, late, one)
    release = reading.era(made)
    values = reading.known_values(made, release)
    context = reading.context_of(made, release, one)
    said = _said(values, one)
    function = one.function
    kind: Kind = "prompts"
    flavour: Literal["mcp1", "fastmcp2"] = "mcp1"
    if made.flavour == "fastmcp2":
        flavour = "fastmcp2"
        if _decorator(one) == "prompt":
            listed = prompt_of_fastmcp(values, one.source, function, said, context, release)
        else:
            kind, listed = resource_of_fastmcp(function, said, context, release)
        if one.decorator is not None and OBJECTS_SINCE <= release < (3, 0):
            reading.check_unused(one)
    elif _decorator(one) == "prompt":
        listed = prompt_of(values, one.source, function, said, context)
    else:
        kind, listed = resource_of(function, said, context, release)
    address = listed.get("uri") or listed.get("uriTemplate")
    if address is not None and not is_addressable({"uri": address}, []):
        raise Unclear("a spec cannot say its address")
    if captured is not None:
        listed = _as_shown(captured, kind, listed)
    plain = PlainOffer(
        kind=kind,
        server=made.server,
        function=reading.imported_as(one),
        listed=listed,
        context=context,
        flavour=flavour,
        source=one.source.path,
        line=one.function.lineno,
    )
    return UnderstoodOffer(plain, one, moved)


def _as_shown(captured: Captured, kind: Kind, listed: Mapping[str, Any]) -> dict[str, Any]:
    """It as the legacy server listed it.

    Raises:
        Unclear: It did not.
    """
    key = KEYS[kind]
    every: Mapping[Kind, Sequence[Mapping[str, Any]]] = {
        "prompts": captured.prompts,
        "resources": captured.resources,
        "templates": captured.templates,
    }
    shown = next((one for one in every[kind] if one.get(key) == listed[key]), None)
    if shown is None:
        raise Unclear("the legacy server did not list it")
    # Before 1.14, templates did not say what is read.
    types = {} if kind == "prompts" else {"mimeType": listed["mimeType"]}
    return {**types, **shown}


def _decorator(one: Registration) -> str:
    """What registers it: `prompt` or `resource`."""
    node = one.decorator if one.words is None else one.words.func
    return node.attr if isinstance(node, ast.Attribute) else ""


def _said(values: Values, one: Registration) -> Said:
    """What a registration says.

    Raises:
        Unclear: That cannot be told.
    """
    call = one.words
    decorator = _decorator(one)
    if call is None:
        if one.made.flavour == "mcp1" or decorator == "resource":
            raise Unclear("its decorator is not called, which the SDK refused")
        return Said({})
    if len(call.args) > 1 or any(isinstance(each, ast.Starred) for each in call.args):
        raise Unclear("it is given words by place")
    first = "uri" if decorator == "resource" else "name"
    words: dict[str, Any] = dict(
        zip((first,), (values.of(one.place, each) for each in call.args), strict=False)
    )
    for each in call.keywords:
        value = values.of(one.place, each.value)
        if each.arg is None and not is_of(value, dict):
            raise Unclear("what it is given by `**` is no dictionary")
        words |= value if each.arg is None else {each.arg: value}
    strange = sorted(set(words) - _WORDS[one.made.flavour, decorator])
    if strange:
        raise Unclear(f"it is given `{strange[0]}`")
    return Said(words)
