"""Lists that an API gives page by page, as one list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import unquote_plus

from ..shared.failure import BackendError
from ..shared.model import Json
from .links import next_of
from .reply import Reply, pointed
from .site import Site
from .styles import form

Fetch: TypeAlias = Callable[[str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The `Link` header says where the next page is (RFC 8288).

    Attributes:
        items: Where in a page its items are (JSON pointer).
        limit: How many pages are fetched at most; what lies behind them is left.
    """

    items: str = ""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A page says what the next one is asked for with.

    Attributes:
        parameter: What of the query takes that.
        at: Where it says so (JSON pointer); the last page says nothing there.
    """

    parameter: str
    at: str
    items: str = ""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Pages are counted, from 1 or what the query says, until one is empty."""

    parameter: str
    items: str = ""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offsets:
    """Items are counted, from 0 or what the query says, until a page is empty."""

    parameter: str
    items: str = ""
    limit: int


Pages: TypeAlias = Links | Cursor | Numbers | Offsets


async def joined(fetch: Fetch, target: str, pages: Pages, site: Site) -> Reply:
    """The last page, with the items of all in their order.

    Raises:
        BackendError: A page holds no list, leads to another origin, or to a page that was there before.
    """
    items: list[Json] = []
    at = _first(target, pages)
    seen: set[str] = set()
    while True:
        seen.add(at)
        reply = await fetch(at)
        page = reply.json()
        found = pointed(page, pages.items)
        if not isinstance(found, list):
            raise BackendError(f"a page of the API has no list at {pages.items or 'its root'}")
        items += found
        following = _next(pages, at, reply, page, len(found), site)
        if following is None or len(seen) >= pages.limit:
            return replace(reply, items=items)
        if following in seen:
            raise BackendError("the pages of the API go in a circle")
        at = following


def _first(target: str, pages: Pages) -> str:
    if isinstance(pages, Numbers):
        return _counted(target, pages.parameter, 1, 0)
    if isinstance(pages, Offsets):
        return _counted(target, pages.parameter, 0, 0)
    return target


def _next(
    pages: Pages, target: str, reply: Reply, page: Json, count: int, site: Site
) -> str | None:
    match pages:
        case Links():
            reference = next_of(", ".join(reply.headers.get_list("Link")))
            return None if reference is None else site.led(target, reference)
        case Cursor():
            cursor = _cursor(page, pages.at)
            return None if cursor is None else _asking(target, pages.parameter, cursor)
        case Numbers():
            return _counted(target, pages.parameter, 1, 1) if count else None
        case Offsets():
            return _counted(target, pages.parameter, 0, count) if count else None


def _cursor(page: Json, at: str) -> str | float | None:
    try:
        found = pointed(page, at)
    except BackendError:
        return None
    if isinstance(found, bool) or not isinstance(found, str | int | float) or found == "":
        return None
    return found


def _counted(target: str, parameter: str, first: int, step: int) -> str:
    query = target.partition("?")[2]
    said = next((value for name, value in _pairs(query) if name == parameter), str(first))
    start = int(said) if said.isdecimal() and len(said) < 19 else first
    return _asking(target, parameter, start + step)


def _asking(target: str, parameter: str, value: str | float) -> str:
    """`target` with another value of one parameter of its query."""
    path, _, query = target.partition("?")
    kept = [one for one in query.split("&") if one and _name(one) != parameter]
    return f"{path}?{'&'.join([*kept, form(parameter, value)])}"


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(_name(one), unquote_plus(one.partition("=")[2])) for one in query.split("&")]


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])
