"""Whatever an API says in headers and bodies is read without a crash."""

from __future__ import annotations

from contextlib import suppress

import httpx2
from automcp.runtime.http.charsets import charset_of
from automcp.runtime.http.links import next_of
from automcp.runtime.http.problem import detail_of
from automcp.runtime.http.repeats import retry_after
from automcp.runtime.http.reply import Reply, pointed
from automcp.runtime.http.site import Site
from automcp.runtime.shared.failure import BackendError
from hypothesis import example, given
from hypothesis import strategies as some

PRINTED = some.text(some.characters(min_codepoint=32, max_codepoint=255))


@given(PRINTED)
@example("Mon, 01 Jan 99999999999999999999 00:00:00 GMT")
@example("Mon, 01 Jan 9999 00:00:00 -9999")
@example("9" * 10_000)
def test_retry_after(said: str) -> None:
    reply = Reply(503, httpx2.Headers([(b"Retry-After", said.encode("latin-1"))]), b"", "")
    seconds = retry_after(reply)
    assert seconds is None or seconds >= 0


@given(PRINTED.map(lambda rest: f"text/plain; charset={rest}"))
@example("text/plain; charset=zip")
@example("text/plain; charset=idna")
@example("text/plain; charset=unicode_escape")
def test_charsets(said: str) -> None:
    found = charset_of(said)
    assert found is None or b"abc\x00".ljust(8, b"\x00").decode(found, "replace") is not None


@given(some.text(some.sampled_from('<>;,="\\ \trelnxt/a')))
def test_links(said: str) -> None:
    found = next_of(said)
    assert found is None or f"<{found}>" in said


@given(some.binary(), some.sampled_from(["application/json", "text/plain", "", "text/html"]))
@example(b'{"error":' * 150 + b"1" + b"}" * 150, "application/json")
@example(b'"\\ud800"', "application/json")
def test_details(content: bytes, media_type: str) -> None:
    detail = detail_of(content, media_type, all=True)
    assert len(detail) <= 400
    assert detail.isprintable()


@given(PRINTED)
@example("http://[")
@example("//")
@example("http://x:99999999999/")
def test_references(said: str) -> None:
    site = Site("https://api.example.com", "/v1")
    with suppress(BackendError):
        assert site.led("/v1/x", said).startswith("/")


@given(some.text(some.sampled_from("/~01ab-")))
def test_pointers(at: str) -> None:
    with suppress(BackendError):
        pointed({"a": [1, {"b": 2}], "": 0}, at)
