"""What a proxy does by itself: addresses, errors that are told on, contents, and the count of servers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from automcp.runtime.client.resources import ResourceContents
from automcp.runtime.proxy import circles
from automcp.runtime.proxy.addresses import spelled
from automcp.runtime.proxy.held import parts, value_of
from automcp.runtime.proxy.refusal import refusal
from automcp.runtime.proxy.server import McpServer
from automcp.runtime.server.result import Part
from automcp.runtime.shared.failure import BackendError
from mcp.shared.exceptions import MCPError

FAILED = {"error": {"name": "Gone", "message": "It is gone."}}


@pytest.mark.parametrize(
    ("template", "variables", "said", "passed"),
    [
        ("x://{a}", {"a": "1,2"}, "x://1,2", "x://1,2"),
        ("x://{a}", {"a": "1,2"}, "x://1%2C2", "x://1%2C2"),
        ("x://{+a}", {"a": "b/c"}, "x://b%2Fc", "x://b%2Fc"),
        ("x://{+a}", {"a": "b c"}, None, "x://b%20c"),
        # It says something else there, or nothing that could be there.
        ("x://{+a}", {"a": "b/c"}, "x://b/d", "x://b/c"),
        ("y://{a}", {"a": "1"}, "x://1", "y://1"),
        ("x://p{?a,b}", {"a": None, "b": "2"}, "x://p?b=2", "x://p?b=2"),
        ("x://p{?a,b}", {"a": None, "b": "2"}, None, "x://p?b=2"),
        ("x://{a*}", {"a": ["1", "2"]}, "x://1,2", "x://1,2"),
    ],
)
def test_addresses_stay_as_they_are_spelled(
    template: str, variables: dict[str, Any], said: str | None, passed: str
) -> None:
    assert spelled(template, variables, said) == passed


@pytest.mark.parametrize(
    ("code", "data", "told"),
    [
        (-32602, {"uri": "x://a"}, (-32602, "n o", {"uri": "x://a"})),
        (-32002, None, (-32602, "n o", None)),
        (-32000, FAILED, (-32000, "n o", FAILED)),
        # A connection that closed has the code of a declared error.
        (-32000, None, None),
        (-32000, {"error": "no"}, None),
        (-32603, {"reference": "ab"}, None),
        (-32021, {"requiredCapabilities": {"elicitation": {}}}, None),
    ],
)
def test_what_was_asked_wrongly_is_told_on(
    code: int, data: Any, told: tuple[int, str, Any] | None
) -> None:
    error = refusal(MCPError(code=code, message="n\x1b\no", data=data))
    assert (error and (error.code, error.message, error.data)) == told


def test_parts_are_where_they_were_asked_for() -> None:
    held = parts(
        [ResourceContents("x://a", "1", "text/x", {"k": 1}), ResourceContents("x://b", b"2")],
        "x://b",
    )
    assert held == [Part("1", "text/x", "x://a", {"k": 1}), Part(b"2", None, None, None)]


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ([Part("[1]", uri="x://other"), Part("[2]")], [2]),
        ([Part("[1]", uri="x://other"), Part("[2]", uri="x://more")], [1]),
        ([Part(b"[3]")], [3]),
    ],
)
def test_json_is_read(held: list[Part], value: list[int]) -> None:
    assert value_of(list[int], held, "it") == value


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ([], "it answered without any content"),
        ([Part("{")], "it answered what is no JSON"),
        ([Part(b"\xff\xfe\xfa")], "it answered what is no JSON"),
        ([Part("[NaN]")], "it answered what is no JSON"),
        ([Part("[" * 100_000)], "it answered what is no JSON"),
        ([Part('["a"]')], "the answer does not fit"),
    ],
)
def test_json_that_is_none(held: list[Part], why: str) -> None:
    with pytest.raises(BackendError, match=why):
        value_of(list[int], held, "it")


@pytest.mark.parametrize(
    ("said", "count"), [("", 0), ("7", 7), ("-1", 0), ("x", 0), ("²", 0), ("9" * 5000, 0)]
)
def test_servers_that_stand_before(said: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(circles.VARIABLE, said)
    assert circles.depth() == count


class Asked:
    """A context of a request with these headers."""

    uri = None

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        self.headers = headers

    async def progress(
        self, done: float, total: float | None = None, message: str | None = None
    ) -> None: ...


@asynccontextmanager
async def started(server: McpServer) -> AsyncGenerator[McpServer]:
    await server.start()
    try:
        yield server
    finally:
        await server.aclose()


async def test_the_last_of_many_servers_starts_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(circles.VARIABLE, str(circles.DEEPEST))
    async with started(McpServer(["no-such-program-at-all"])) as server:
        with pytest.raises(BackendError, match="is no-such-program-at-all one of them"):
            await server.read("x://a", Asked())
    # One that runs already is not started for it.
    async with started(McpServer(url="http://127.0.0.1:9/mcp")) as server:
        with pytest.raises(BackendError, match="cannot connect"):
            await server.read("x://a", Asked({circles.HEADER: "another"}))


def _sent(
    circle: circles.Circle, asked: str, before: Mapping[str, str] | None
) -> Mapping[str, str]:
    """The headers of a request that is passed on."""
    request = httpx2.Request("POST", "http://a.example")
    with circle.passing(asked, before):
        next(circles.Words().auth_flow(request))
    return request.headers


def test_what_comes_back_is_recognised() -> None:
    one, other = circles.Circle(), circles.Circle()
    assert one.problem("it", "tool a", None, starts=True) is None
    first = _sent(one, "tool a", None)
    assert "it leads back to this very server" in str(
        one.problem("it", "tool a", first, starts=False)
    )
    # Over another server, too; another tool may well be passed on from there.
    assert other.problem("it", "tool a", first, starts=False) is None
    second = _sent(other, "tool a", first)
    assert "leads back" in str(one.problem("it", "tool a", second, starts=False))
    assert one.problem("it", "tool b", second, starts=False) is None


def test_servers_that_pass_on_without_end_are_stopped() -> None:
    headers: Mapping[str, str] | None = None
    for _ in range(circles.DEEPEST):
        circle = circles.Circle()
        assert circle.problem("it", "tool a", headers, starts=False) is None
        headers = _sent(circle, "tool a", headers)
    said = circles.Circle().problem("it", "tool a", headers, starts=False)
    assert said == "8 servers have passed this on already"


@pytest.mark.parametrize("said", ["", "x", "0" * 15, "\u00e9" * 16, "0" * 17, "a" * 100_000])
def test_what_callers_make_up_is_not_passed_on(said: str) -> None:
    circle = circles.Circle()
    assert circle.problem("it", "tool a", {circles.HEADER: said}, starts=False) is None
    sent = _sent(circle, "tool a", {circles.HEADER: said})
    assert sent[circles.HEADER] == _sent(circle, "tool a", None)[circles.HEADER]


def test_what_is_not_passed_on_says_nothing() -> None:
    request = httpx2.Request("POST", "http://a.example")
    next(circles.Words().auth_flow(request))
    assert circles.HEADER not in request.headers
