"""Lists that come page by page."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from automcp.runtime.http.api import HttpApi
from automcp.runtime.http.links import next_of
from automcp.runtime.http.pages import Cursor, Links, Numbers, Offsets, Pages
from automcp.runtime.http.styles import form
from automcp.runtime.shared.failure import BackendError
from automcp.runtime.shared.model import Json
from scripted_api import Asked, answer, serving

NAMES = ["a", "b", "c", "d", "e"]


async def listed(
    script: Callable[[Asked], bytes], pages: Pages, *query: str
) -> tuple[Json, list[str]]:
    async with serving(script) as backend:
        api = HttpApi(f"{backend.url}/v1", retries=0)
        try:
            reply = await api.send("GET", "/pets", query=query, pages=pages)
        finally:
            await api.aclose()
    return reply.json(), [asked.target for asked in backend.asked]


def _query(asked: Asked, name: str) -> str | None:
    return (parse_qs(urlsplit(asked.target).query).get(name) or [None])[0]


def by_link(asked: Asked) -> bytes:
    at = int(_query(asked, "at") or 0)
    following = f'</v1/pets?at={at + 2}>; rel="next", </v1/pets>; rel=first'
    links = (("Link", following),) if at + 2 < len(NAMES) else (("Link", "</v1/pets>; rel=first"),)
    return answer(json.dumps(NAMES[at : at + 2]), headers=links)


def by_cursor(asked: Asked) -> bytes:
    at = int(_query(asked, "after") or 0)
    meta = {"next": at + 2} if at + 2 < len(NAMES) else {"next": None}
    return answer(json.dumps({"data": NAMES[at : at + 2], "meta": meta}))


def by_number(asked: Asked) -> bytes:
    at = 2 * (int(_query(asked, "page") or "-1") - 1)
    return answer(json.dumps({"data": NAMES[at : at + 2]}))


def by_offset(asked: Asked) -> bytes:
    at = int(_query(asked, "offset") or "-1")
    return answer(json.dumps(NAMES[at : at + 2]))


async def test_links() -> None:
    items, targets = await listed(by_link, Links(limit=10), form("q", "x y"))
    assert items == NAMES
    assert targets == ["/v1/pets?q=x%20y", "/v1/pets?at=2", "/v1/pets?at=4"]


async def test_cursors() -> None:
    pages = Cursor(parameter="after", at="/meta/next", items="/data", limit=10)
    items, targets = await listed(by_cursor, pages, form("q", "x"), form("after", "0"))
    assert items == NAMES
    assert targets == ["/v1/pets?q=x&after=0", "/v1/pets?q=x&after=2", "/v1/pets?q=x&after=4"]


async def test_numbers() -> None:
    items, targets = await listed(by_number, Numbers(parameter="page", items="/data", limit=10))
    assert items == NAMES
    assert targets == [f"/v1/pets?page={n}" for n in (1, 2, 3, 4)]
    items, targets = await listed(by_number, Numbers(parameter="page", items="/data", limit=10), form("page", 2))  # fmt: skip
    assert items == NAMES[2:]
    assert targets == [f"/v1/pets?page={n}" for n in (2, 3, 4)]


async def test_offsets() -> None:
    items, targets = await listed(by_offset, Offsets(parameter="offset", limit=10))
    assert items == NAMES
    assert targets == [f"/v1/pets?offset={n}" for n in (0, 2, 4, 5)]


async def test_no_more_pages_than_allowed() -> None:
    items, targets = await listed(by_offset, Offsets(parameter="offset", limit=2))
    assert (items, len(targets)) == (NAMES[:4], 2)


@pytest.mark.parametrize(
    ("page", "pages", "problem"),
    [
        (answer("{}"), Links(limit=5), "has no list at its root"),
        (answer('{"data":{}}'), Links(items="/data", limit=5), "has no list at /data"),
        (answer("[]"), Links(items="/data", limit=5), "nothing at /data"),
        (answer("[1]", headers=(("Link", "<https://evil.example/>; rel=next"),)), Links(limit=5), "refers to https://evil.example"),
        (answer("[1]", headers=(("Link", "<?again>; rel=next"),)), Links(limit=5), "go in a circle"),
        (answer('{"data":[1],"next":"same"}'), Cursor(parameter="c", at="/next", items="/data", limit=5), "go in a circle"),
        (answer("", 404), Links(limit=5), "404 Not Found"),
    ],
)  # fmt: skip
async def test_pages_that_lead_nowhere(page: bytes, pages: Pages, problem: str) -> None:
    with pytest.raises(BackendError, match=problem):
        await listed(lambda _: page, pages)


@pytest.mark.parametrize("cursor", ["null", '""', "false", "true", "{}", "[]"])
async def test_what_is_no_cursor_ends_the_list(cursor: str) -> None:
    page = answer(f'{{"data":[1],"next":{cursor}}}')
    pages = Cursor(parameter="c", at="/next", items="/data", limit=5)
    assert await listed(lambda _: page, pages) == ([1], ["/v1/pets"])


@pytest.mark.parametrize(
    ("header", "reference"),
    [
        ("", None),
        ("<b>; rel=next", "b"),
        ('<b>; rel="next"', "b"),
        ('<b> ; REL = "Prev Next" ; title="x"', "b"),
        ('<a>; rel=prev, <b?x=1,2;3>; title="a, <c>; rel=next"; rel=next', "b?x=1,2;3"),
        ("<a>; rel=prev; rel=next", None),
        ("<a>; title=next", None),
        ("<a>; rel=nexta", None),
        ("<a>;rel=prev,<b>;flag;rel=next", "b"),
        ('<a>; title="x\\"; rel=next', None),
        ("b; rel=next", None),
        ("<a", None),
        ("<>; rel=next", ""),
    ],
)
def test_link_headers(header: str, reference: str | None) -> None:
    assert next_of(header) == reference


@pytest.mark.parametrize("header", ["<a>" + "; x " * 50_000 + "!", "<a>;" + " " * 100_000, "<a>, " * 20_000, '<a>; t="' + "\\" * 99_999, "<" * 100_000])  # fmt: skip
def test_long_headers_are_read_in_one_go(header: str) -> None:
    # Read by trial and error, any of them would take years.
    assert next_of(header) is None
