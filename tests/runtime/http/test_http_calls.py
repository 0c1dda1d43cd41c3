"""Requests over a real socket: what goes out, what comes back, what is repeated, what is refused."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from operator import methodcaller
from typing import Any

import anyio
import httpx2
import pytest
from automcp.runtime.http import repeats
from automcp.runtime.http.api import HttpApi
from automcp.runtime.http.bodies import form_body, json_body
from automcp.runtime.http.failing import Errors
from automcp.runtime.http.headers import cookie, header
from automcp.runtime.http.reply import Reply
from automcp.runtime.http.site import Site
from automcp.runtime.http.styles import form, label, simple
from automcp.runtime.server.settings import SettingsError
from automcp.runtime.shared.failure import ArgumentError, BackendError, DeclaredError
from automcp.runtime.shared.model import UNSET, Model
from scripted_api import Asked, ScriptedApi, answer, serving


def sequence(*answers: bytes) -> Callable[[Asked], bytes]:
    """Answers in turn; the last one for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting takes no time here; gives what was waited for."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(repeats.anyio, "sleep", sleep)
    return waited


async def test_a_request_goes_out_as_it_is_said() -> None:
    async with serving(lambda _: answer('{"ok":true}')) as backend:
        api = HttpApi(f"{backend.url}/v1/", headers=[header("X-All", "ä"), None], agent="shop/1.0")
        reply = await api.send(
            "PATCH",
            f"/pets/{simple('id', 'a/b ü?#%2e')}",
            query=[form("tags", ["x", "y&z"]), form("none", UNSET), form("q", "1 2")],
            headers=[header("X-Request-Id", "7"), header("X-None", UNSET)],
            cookies=[cookie("session", "s=1"), cookie("none", UNSET), cookie("lang", ["de", "en"])],
            body=json_body({"n": 1.0}, "application/merge-patch+json"),
        )
        assert reply.json() == {"ok": True}
        await api.aclose()
    (asked,) = backend.asked
    assert asked.method == "PATCH"
    assert asked.target == ("/v1/pets/a%2Fb%20%C3%BC%3F%23%252e?tags=x&tags=y%26z&q=1%202")
    assert asked.body == b'{"n":1.0}'
    sent = {name.lower(): value for name, value in asked.headers}
    assert sent == {
        "host": backend.url.removeprefix("http://"),
        "accept": "application/json, */*;q=0.8",
        "accept-encoding": "gzip, deflate",
        "user-agent": "shop/1.0",
        "x-all": "Ã¤",
        "x-request-id": "7",
        "cookie": "session=s%3D1; lang=de; lang=en",
        "content-type": "application/merge-patch+json",
        "content-length": "9",
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY"])  # fmt: skip
async def test_every_method(method: str) -> None:
    async with serving(lambda asked: answer("" if asked.method == "HEAD" else "1")) as backend:
        api = HttpApi(backend.url)
        reply = await api.send(method, "/", body=form_body({"a": 1}) if method == "QUERY" else None)
        await api.aclose()
    assert [asked.method for asked in backend.asked] == [method]
    assert reply.status == 200


async def test_connections_are_kept_and_opened_again_after_closing() -> None:
    async with serving(lambda _: answer("1")) as backend:
        api = HttpApi(backend.url)
        await api.aclose()
        for _ in range(3):
            await api.send("GET", "/")
        assert backend.connections == 1
        await api.aclose()
        await api.send("GET", "/")
        assert backend.connections == 2
        await api.aclose()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "must begin with http"),
        ("api.example.com", "must begin with http"),
        ("/v1", "must begin with http"),
        ("ftp://api.example.com", "must begin with http"),
        ("file:///etc/passwd", "must begin with http"),
        ("http://", "must begin with http"),
        ("https://user:pw@api.example.com", "must not hold a user"),
        ("https://api.example.com/v1?key=1", "must end with its path"),
        ("https://api.example.com/#x", "must end with its path"),
        ("https://[::1", "is no URL"),
        ("https://a\nb", "is no URL"),
    ],
)
def test_an_api_has_an_absolute_url_without_secrets(url: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem) as caught:
        HttpApi(url)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "origin", "base"),
    [
        ("https://api.example.com", "https://api.example.com", ""),
        (" HTTPS://API.example.com:443/ ", "https://api.example.com", ""),
        ("http://[::1]:8080/v1//", "http://[::1]:8080", "/v1"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example", "/%C3%A4%20b"),
    ],
)
def test_sites(url: str, origin: str, base: str) -> None:
    assert Site.at(url) == Site(origin, base)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("", "/v1"),
        ("/", "/v1/"),
        ("@evil.example", "/v1/@evil.example"),
        ("//evil.example/x", "/v1//evil.example/x"),
        ("/a/...", "/v1/a/..."),
        (f"/{simple('x', '..a')}", "/v1/..a"),
    ],
)
def test_paths_stay_below_the_base(path: str, target: str) -> None:
    assert Site.at("https://api.example.com/v1").target(path, "") == target


@pytest.mark.parametrize(
    "path",
    [f"/a/{simple('x', '..')}", f"/{simple('x', '.')}/b", f"/{label('x', '')}", f"/{label('x', '.')}/c", "/.."],
)  # fmt: skip
async def test_no_value_leads_out_of_a_path(path: str) -> None:
    async with serving(lambda _: answer("1")) as backend:
        with pytest.raises(ArgumentError, match=r"must not have a part that is `\.` or `\.\.`"):
            await HttpApi(f"{backend.url}/v1").send("GET", path)
    assert backend.asked == []


class NotFound(DeclaredError):
    name = "NotFound"

    def __init__(self, message: str = "There is none.") -> None:
        super().__init__(message)


class InvalidData(Model):
    code: int
    field: str | None = None


class Invalid(DeclaredError):
    name = "Invalid"
    data: InvalidData

    def __init__(self, message: str = "It is invalid.", *, data: InvalidData) -> None:
        super().__init__(message, data)


async def refused(reply: bytes, **options: Any) -> Exception:
    async with serving(lambda _: reply) as backend:
        api = HttpApi(backend.url, retries=0)
        with pytest.raises((BackendError, DeclaredError)) as caught:
            await api.send("GET", "/", **options)
        await api.aclose()
    return caught.value


ERRORS: Errors = {404: NotFound, 422: Invalid, "4XX": DeclaredError}


@pytest.mark.parametrize(
    ("status", "body", "error", "message", "data"),
    [
        (404, "", NotFound, "There is none.", None),
        (404, '{"detail": "no pet 7"}', NotFound, "no pet 7", None),
        (422, '{"code": 7, "more": 1}', Invalid, "It is invalid.", InvalidData.model_validate({"code": 7, "more": 1})),
        (422, '{"code": 7, "message": "bad\\u0007"}', Invalid, "bad", InvalidData.model_validate({"code": 7, "message": "bad\a"})),
    ],
)  # fmt: skip
async def test_statuses_become_declared_errors(
    status: int, body: str, error: type[DeclaredError], message: str, data: object
) -> None:
    caught = await refused(answer(body, status), errors=ERRORS)
    assert type(caught) is error
    assert isinstance(caught, DeclaredError)
    assert (caught.message, caught.data) == (message, data)


async def test_the_nearest_declaration_counts() -> None:
    class Client(NotFound):
        name = "Client"

    class Any_(NotFound):
        name = "Any"

    errors: Errors = {404: NotFound, "4XX": Client, "default": Any_}
    for status, error in ((404, NotFound), (418, Client), (500, Any_), (304, Any_)):
        assert type(await refused(answer("", status), errors=errors)) is error


@pytest.mark.parametrize("body", ["", "[]", '{"code": "x"}', "no json", '{"code": 1'])
async def test_data_that_does_not_fit_is_the_apis_failure(body: str) -> None:
    caught = await refused(answer(body, 422), errors=ERRORS)
    assert isinstance(caught, BackendError)
    assert caught.message.startswith("Invalid: ")


@pytest.mark.parametrize(
    ("status", "body", "media_type", "message"),
    [
        (404, '{"title":"Gone","detail":"no pet 7","status":404}', "application/problem+json", "404 Not Found: Gone: no pet 7"),
        (400, '{"message":"bad"}', "application/json", "400 Bad Request: bad"),
        (400, '{"error":{"code":3,"message":"bad key"}}', "application/json", "400 Bad Request: bad key"),
        (400, '{"error":"invalid_grant","error_description":"no"}', "application/json", "400 Bad Request: no"),
        (422, '{"detail":[{"loc":["body","n"],"msg":"must be 1"},{"loc":["q"],"msg":"x"}]}', "application/json", "422 Unprocessable Content: body.n: must be 1; q: x"),
        (400, '{"errors":[{"field":"a","message":"b"}]}', "application/vnd.api+json", "400 Bad Request: a: b"),
        (400, '{"name":["is taken"]}', "application/json", '400 Bad Request: {"name":["is taken"]}'),
        (400, "{}", "application/json", "400 Bad Request"),
        (500, "Traceback\n  line\x1b[31m", "text/plain; charset=utf-8", "500 Internal Server Error: Traceback line [31m"),
        (500, "<html><h1>Oops</h1></html>", "text/html", "500 Internal Server Error"),
        (500, "<html>", None, "500 Internal Server Error"),
        (502, "", None, "502 Bad Gateway"),
        (400, "[]", "application/json", "400 Bad Request"),
        (400, "nonsense", "application/json", "400 Bad Request: nonsense"),
        (599, "{}", "application/json", "599"),
        (304, "", None, "304 Not Modified"),
        (400, "x" * 3000, "text/plain", "400 Bad Request: " + "x" * 399 + "…"),
    ],
)  # fmt: skip
async def test_failures_are_told_in_the_apis_words(
    status: int, body: str, media_type: str | None, message: str
) -> None:
    caught = await refused(answer(body, status, media_type))
    assert str(caught).replace("Unprocessable Entity", "Unprocessable Content") == (
        f"the API answered {message}"
    )


def _described(method: str) -> Callable[[Reply], object]:
    return lambda reply: (getattr(reply, method)(), reply.media_type)


@pytest.mark.parametrize(
    ("reply", "read", "expected"),
    [
        (answer('{"a":[1,{"b/c":null}]}'), methodcaller("json", "/a/1/b~1c"), None),
        (answer("12345678901234567890123"), methodcaller("json"), 12345678901234567890123),
        (answer('\ufeff"ä"'), methodcaller("json"), "ä"),
        (answer('"ä"'.encode("utf-16")), methodcaller("json"), "ä"),
        (answer("", 204, None), methodcaller("json"), None),
        (answer(""), methodcaller("json"), None),
        (answer("", 202, None), methodcaller("json"), None),
        (answer("{}", headers=(("Content-Encoding", "identity"),)), methodcaller("json"), {}),
        (answer(gzip.compress(b"[1]"), headers=(("Content-Encoding", "gzip"),)), methodcaller("json"), [1]),
        (answer("ä", media_type="text/plain"), methodcaller("text"), "ä"),
        (answer(b"\xe4", media_type="text/plain"), methodcaller("text"), "ä"),
        (answer(b"\xe4", media_type="text/plain; charset=latin-1"), methodcaller("text"), "ä"),
        (answer(b"\x80", media_type='text/plain; Charset="Windows-1252"'), methodcaller("text"), "€"),
        (answer("ä", media_type="text/plain; charset=unicode_escape"), methodcaller("text"), "ä"),
        (answer("ä", media_type="text/plain; charset=nonsense"), methodcaller("text"), "ä"),
        (answer("", media_type=None), methodcaller("text"), ""),
        (answer(b"\x00\xff", media_type="image/png"), _described("base64"), ("AP8=", "image/png")),
        (answer(b"\x00\xff", media_type=None), _described("binary"), (b"\x00\xff", "")),
    ],
)  # fmt: skip
async def test_answers_are_read(
    reply: bytes, read: Callable[[Reply], object], expected: object
) -> None:
    async with serving(lambda _: reply) as backend:
        api = HttpApi(backend.url)
        assert read(await api.send("GET", "/")) == expected
        await api.aclose()


@pytest.mark.parametrize(
    ("reply", "read", "problem"),
    [
        (answer("{"), methodcaller("json"), "answered 200 OK with what is no JSON: EOF"),
        (answer("NaN"), methodcaller("json"), "no JSON"),
        (answer(b'"\xff"'), methodcaller("json"), "no JSON"),
        (answer("[" * 10_000), methodcaller("json"), "no JSON: recursion limit"),
        (answer(""), methodcaller("json", "/a"), "the API's answer has nothing at /a"),
        (answer("<html>", media_type="text/html"), methodcaller("json"), "no JSON"),
        (answer('{"a":[1]}'), methodcaller("json", "/a/1"), "the API's answer has nothing at /a/1"),
        (answer('{"a":[1]}'), methodcaller("json", "/a/01"), "nothing at /a/01"),
        (answer('{"a":1}'), methodcaller("json", "/a/b"), "nothing at /a/b"),
        (answer(b"\xff", media_type="text/plain; charset=utf-8"), methodcaller("text"), "no utf-8 text"),
        (answer("x" * 2000, media_type="text/plain"), methodcaller("text"), "more than 1,000 bytes"),
        (answer(gzip.compress(b"x" * 10_000_000), headers=(("Content-Encoding", "gzip"),)), methodcaller("binary"), "more than 1,000 bytes"),
    ],
)  # fmt: skip
async def test_answers_that_are_none(
    reply: bytes, read: Callable[[Reply], object], problem: str
) -> None:
    async with serving(lambda _: reply) as backend:
        api = HttpApi(backend.url, limit=1_000 if len(reply) < 9000 or b"gzip" in reply else 10**6)
        reply_ = await api.send("GET", "/")
        with pytest.raises(BackendError, match=problem):
            read(reply_)
        await api.aclose()


async def test_broken_compression_is_a_failure() -> None:
    caught = await refused(answer("not gzip", headers=(("Content-Encoding", "gzip"),)))
    assert str(caught) == "the exchange with the API broke off: DecodingError"


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
async def test_what_passes_is_repeated_if_that_does_no_harm(
    status: int, quick: list[float]
) -> None:
    async with serving(sequence(answer("", status), answer("", status), answer("1"))) as backend:
        api = HttpApi(backend.url)
        assert (await api.send("POST", "/", body=json_body(1), again=True)).json() == 1
        assert [asked.body for asked in backend.asked] == [b"1"] * 3
        await api.aclose()
    first, second = quick
    assert 0.1 < first <= 0.25 < second * 1.01 <= 0.51


@pytest.mark.parametrize(("status", "retryable"), [(408, False), (429, True), (502, False), (503, True), (504, False), (500, False)])  # fmt: skip
async def test_nothing_else_is_repeated(status: int, retryable: bool, quick: list[float]) -> None:
    async with serving(lambda _: answer("", status)) as backend:
        api = HttpApi(backend.url)
        with pytest.raises(BackendError) as caught:
            await api.send("POST", "/")
        await api.aclose()
    assert (len(backend.asked), caught.value.retryable, quick) == (1, retryable, [])


async def test_repeats_end() -> None:
    async with serving(lambda _: answer("", 503)) as backend:
        api = HttpApi(backend.url, retries=3)
        with pytest.raises(BackendError, match="503 Service Unavailable") as caught:
            await api.send("GET", "/", again=True)
        await api.aclose()
    assert (len(backend.asked), caught.value.retryable) == (4, True)


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        pytest.param(in_seconds(-100), 0, 0, id="past"),
        ("soon", 0.1, 0.25),
        ("-5", 0.1, 0.25),
        ("１", 0.1, 0.25),
    ],
)
async def test_an_api_says_how_long_to_wait(
    said: str, least: float, most: float, quick: list[float]
) -> None:
    once = answer("", 429, headers=(("Retry-After", said if said.isascii() else "x"),))
    async with serving(sequence(once, answer("1"))) as backend:
        api = HttpApi(backend.url)
        await api.send("GET", "/", again=True)
        await api.aclose()
    assert least <= quick[0] <= most


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Sat, 21 Nov 2026 10:02:00 GMT", 120),
        ("Sat, 21 Nov 2026 11:02:00 +0100", 120),
        ("Saturday, 21-Nov-26 10:02:00 GMT", 120),
        ("Sat Nov 21 10:02:00 2026", 120),
        ("Fri, 20 Nov 2026 10:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("1.5", None),
    ],
)
def test_all_forms_of_retry_after(said: str, seconds: float | None) -> None:
    reply = Reply(503, httpx2.Headers({"Retry-After": said}), b"", "")
    now = datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert repeats.retry_after(reply, lambda: now) == seconds


@pytest.mark.parametrize(
    "said", ["31", "9" * 5000, in_seconds(3600)], ids=["31", "long", "in an hour"]
)
async def test_nobody_waits_too_long(said: str, quick: list[float]) -> None:
    async with serving(lambda _: answer("", 429, headers=(("Retry-After", said),))) as backend:
        api = HttpApi(backend.url)
        with pytest.raises(
            BackendError, match=r"429 Too Many Requests \(it asks to wait for \d+ seconds\)"
        ):
            await api.send("GET", "/", again=True)
        await api.aclose()
    assert (len(backend.asked), quick) == (1, [])


async def test_nobody_waits_longer_than_there_is_time(quick: list[float]) -> None:
    async with serving(lambda _: answer("", 503, headers=(("Retry-After", "20"),))) as backend:
        api = HttpApi(backend.url)
        with anyio.fail_after(10), pytest.raises(BackendError, match="20 seconds"):
            await api.send("GET", "/", again=True)
        await api.aclose()
    assert (len(backend.asked), quick) == (1, [])


async def test_an_api_that_is_not_there_is_tried_again_whatever_is_asked(
    quick: list[float],
) -> None:
    async with serving(lambda _: answer("1")) as backend:
        url = backend.url
    with pytest.raises(BackendError, match=f"the API at {url} cannot be reached: ") as caught:
        await HttpApi(url).send("POST", "/")
    assert (len(quick), caught.value.retryable) == (2, True)


async def test_what_was_done_is_not_done_again_because_its_answer_is_elsewhere() -> None:
    def script(_: Asked) -> bytes:
        assert backend.server is not None
        backend.server.close()
        return answer("", 303, None, (("Location", "/done"), ("Connection", "close")))

    async with serving(script) as backend:
        api = HttpApi(backend.url)
        with pytest.raises(BackendError, match=r"the API at .* cannot be reached") as caught:
            await api.send("POST", "/")
        await api.aclose()
    assert (len(backend.asked), caught.value.retryable) == (1, False)


async def _hang_up(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_an_exchange_that_breaks_off_is_repeated_only_without_harm() -> None:
    async with serving(lambda _: _hang_up) as backend:
        for again, times in ((True, 3), (False, 1)):
            backend.asked.clear()
            api = HttpApi(backend.url)
            with pytest.raises(BackendError, match="broke off: RemoteProtocolError") as caught:
                await api.send("POST", "/", again=again)
            await api.aclose()
            assert (len(backend.asked), caught.value.retryable) == (times, again)


async def _endless(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def _dripping(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


async def test_an_endless_answer_is_cut_off() -> None:
    async with serving(lambda _: _endless) as backend:
        api = HttpApi(backend.url, limit=1_000_000)
        reply = await api.send("GET", "/")
        with pytest.raises(BackendError, match="more than 1,000,000 bytes"):
            reply.text()
        await api.aclose()


async def test_a_slow_answer_is_given_up_as_a_whole() -> None:
    async with serving(lambda _: _dripping) as backend:
        api = HttpApi(backend.url, timeout=0.2)
        with pytest.raises(BackendError, match=r"did not answer within 0\.2 seconds") as caught:
            await api.send("GET", "/", again=True)
        await api.aclose()
    assert (len(backend.asked), caught.value.retryable) == (1, True)


async def test_a_cancelled_call_leaves_nothing_behind() -> None:
    async with serving(lambda _: _dripping) as backend:
        api = HttpApi(backend.url)
        before = asyncio.all_tasks()
        with anyio.move_on_after(0.1) as scope:
            await api.send("GET", "/")
        assert scope.cancelled_caught
        await api.aclose()
        # On a busy machine, the API may still be accepting the connection.
        theirs = ("ScriptedApi", "_accept_connection")
        new = asyncio.all_tasks() - before
        assert [one for one in new if not any(name in repr(one) for name in theirs)] == []


async def test_cancelled_calls_give_their_connections_back() -> None:
    async with serving(lambda asked: answer("1") if asked.target == "/" else _dripping) as backend:
        api = HttpApi(backend.url, timeout=5)
        for _ in range(3):
            with anyio.move_on_after(0.1):
                async with anyio.create_task_group() as tasks:
                    for _ in range(60):
                        tasks.start_soon(api.send, "GET", "/slow")
        assert (await api.send("GET", "/")).json() == 1
        await api.aclose()


async def test_the_log_of_the_library_holds_no_query(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with serving(lambda _: answer("1")) as backend:
        api = HttpApi(backend.url)
        await api.send("GET", "/here", query=[form("key", "hunter2")])
        await api.aclose()
    assert backend.asked[0].target == "/here?key=hunter2"
    assert "/here" in caplog.text and "hunter2" not in caplog.text


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(lambda _: answer("1")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        api = HttpApi("http://api.example.test/v1")
        assert (await api.send("GET", "/x", query=[form("q", "a b")])).json() == 1
        await api.aclose()
    (asked,) = proxy.asked
    assert asked.target == "http://api.example.test/v1/x?q=a%20b"
    assert asked.header("Host") == "api.example.test"


async def test_cookies_are_not_kept() -> None:
    script = sequence(answer("1", headers=(("Set-Cookie", "session=ada; Path=/"),)), answer("1"))
    async with serving(script) as backend:
        api = HttpApi(backend.url)
        await api.send("GET", "/")
        await api.send("GET", "/")
        await api.aclose()
    assert [asked.header("Cookie") for asked in backend.asked] == [None, None]


def redirect(location: str, status: int = 302) -> bytes:
    return answer("", status, None, (("Location", location),))


async def _ask(backend: ScriptedApi, method: str = "GET", **options: Any) -> Any:
    api = HttpApi(f"{backend.url}/v1")
    try:
        return (await api.send(method, "/a", query=[form("q", "1")], **options)).json()
    finally:
        await api.aclose()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(("location", "target"), [("/b?x=1", "/b?x=1"), ("b", "/v1/b"), ("../c#f", "/c"), ("", "/v1/a?q=1")])  # fmt: skip
async def test_redirects_within_the_api_are_followed(
    status: int, location: str, target: str
) -> None:
    async with serving(sequence(redirect(location, status), answer("1"))) as backend:
        assert await _ask(backend) == 1
    assert [asked.target for asked in backend.asked] == ["/v1/a?q=1", target]


@pytest.mark.parametrize(
    "location",
    ["http://evil.example/b", "//evil.example/b", "https://127.0.0.1/", "http://127.0.0.1:1/", "HTTP://LOCALHOST/", "ftp://x/y", "http://user@{host}/", "file:///etc/passwd", "javascript:alert(1)", "http://[::1", "http://{host}.evil.example/"],
)  # fmt: skip
async def test_redirects_to_anywhere_else_are_refused(location: str) -> None:
    async with serving(
        lambda asked: redirect(location.replace("{host}", asked.header("Host") or ""))
    ) as backend:
        with pytest.raises(BackendError, match="the API refers to"):
            await _ask(backend)
    assert len(backend.asked) == 1


async def test_redirects_end() -> None:
    async with serving(lambda _: redirect("/v1/a?q=1")) as backend:
        with pytest.raises(BackendError, match="redirects more than 5 times"):
            await _ask(backend)
    assert len(backend.asked) == 6


async def test_what_changes_things_is_not_done_elsewhere() -> None:
    for status in (301, 302, 307, 308):
        async with serving(lambda _, status=status: redirect("/b", status)) as backend:
            with pytest.raises(BackendError, match=f"answered {status}"):
                await _ask(backend, "POST", body=json_body(1), again=True)
        assert len(backend.asked) == 1
    async with serving(sequence(redirect("/b", 303), answer("1"))) as backend:
        assert await _ask(backend, "POST", body=json_body(1)) == 1
    assert [(asked.method, asked.body) for asked in backend.asked] == [("POST", b"1"), ("GET", b"")]
    assert backend.asked[1].header("Content-Type") is None


async def test_many_at_once() -> None:
    async with serving(lambda asked: answer(json.dumps(asked.target))) as backend:
        api = HttpApi(backend.url)
        async with anyio.create_task_group() as tasks:

            async def ask(n: int) -> None:
                assert (await api.send("GET", f"/{n}")).json() == f"/{n}"

            for n in range(150):
                tasks.start_soon(ask, n)
        await api.aclose()
    assert len(backend.asked) == 150
    assert backend.connections <= 100
