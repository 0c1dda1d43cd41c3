"""Answers as content blocks, by their media types."""

from __future__ import annotations

import httpx2
import pytest
from automcp.runtime.http.blocks import block
from automcp.runtime.http.reply import Reply
from automcp.runtime.shared.content import Audio, Block, EmbeddedResource, Image, Text
from automcp.runtime.shared.failure import BackendError

ALL = (Text, Image, Audio, EmbeddedResource)


def reply(content: bytes, media_type: str | None) -> Reply:
    headers = httpx2.Headers({} if media_type is None else {"Content-Type": media_type})
    return Reply(200, headers, content, "https://api.example.com/x")


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        ("ä".encode(), "text/plain", Text("ä")),
        (b"{}", "application/problem+json", Text("{}")),
        (b"x", None, Text("x")),
        (b"\xff", "Image/PNG; q=1", Image(b"\xff", "image/png")),
        (b"\xff", "audio/wav", Audio(b"\xff", "audio/wav")),
        (b"\xff", "application/pdf", EmbeddedResource("https://api.example.com/x", b"\xff", "application/pdf")),
    ],
)  # fmt: skip
def test_the_media_type_says_what_it_is(
    content: bytes, media_type: str | None, expected: Block
) -> None:
    assert block(reply(content, media_type), *ALL) == expected


def test_an_answer_of_another_kind_is_refused() -> None:
    assert block(reply(b"x", "text/csv"), EmbeddedResource).body == "x"
    for media_type in ("text/html", "application/octet-stream", None):
        with pytest.raises(BackendError, match="which is not what the operation gives"):
            block(reply(b"<html>", media_type), Image, Audio)
