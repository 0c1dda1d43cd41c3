"""Content blocks and messages, to the wire and back."""

from __future__ import annotations

import pytest
from automcp.runtime.shared.content import (
    Annotations,
    Audio,
    Block,
    EmbeddedResource,
    Image,
    Message,
    ResourceLink,
    Text,
    from_wire,
    message_from_wire,
    message_to_wire,
    to_wire,
)
from automcp.runtime.shared.model import Json

NOTED = Annotations(audience=("user",), priority=0.5, last_modified="2026-01-01T00:00:00Z")
BLOCKS: list[tuple[Block, dict[str, Json]]] = [
    (Text("a"), {"type": "text", "text": "a"}),
    (Image(b"i", "image/png"), {"type": "image", "data": "aQ==", "mimeType": "image/png"}),
    (Audio(b"i", "audio/wav"), {"type": "audio", "data": "aQ==", "mimeType": "audio/wav"}),
    (
        EmbeddedResource("a://b", "text", "text/plain"),
        {
            "type": "resource",
            "resource": {"uri": "a://b", "mimeType": "text/plain", "text": "text"},
        },
    ),
    (
        EmbeddedResource("a://b", b"i"),
        {"type": "resource", "resource": {"uri": "a://b", "blob": "aQ=="}},
    ),
    (
        ResourceLink("a://b", "b", title="B", description="It.", mime_type="text/plain", size=3),
        {
            "type": "resource_link",
            "uri": "a://b",
            "name": "b",
            "title": "B",
            "description": "It.",
            "mimeType": "text/plain",
            "size": 3,
        },
    ),
    (
        Text("a", NOTED, {"k": [1]}),
        {
            "type": "text",
            "text": "a",
            "annotations": {
                "audience": ["user"],
                "priority": 0.5,
                "lastModified": "2026-01-01T00:00:00Z",
            },
            "_meta": {"k": [1]},
        },
    ),
]


@pytest.mark.parametrize(("block", "wire"), BLOCKS)
def test_a_block_goes_out_and_comes_back(block: Block, wire: dict[str, Json]) -> None:
    assert to_wire(block) == wire
    assert from_wire(wire) == block


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        (None, "is an object"),
        ({"type": "video"}, "'video' is no kind"),
        ({"type": "text"}, "no text `text`"),
        ({"type": "text", "text": 5}, "no text `text`"),
        ({"type": "image", "data": "aQ=", "mimeType": "image/png"}, "no Base64"),
        ({"type": "image", "data": "a Q==", "mimeType": "image/png"}, "no Base64"),
        ({"type": "image", "data": "aQ=="}, "no text `mimeType`"),
        ({"type": "resource", "resource": "a://b"}, "no `resource`"),
        ({"type": "resource", "resource": {"uri": "a://b"}}, "no text `blob`"),
        ({"type": "resource_link", "uri": "a://b"}, "no text `name`"),
    ],
)
def test_what_is_no_block_is_refused(wire: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        from_wire(wire)


def test_messages() -> None:
    wire: dict[str, Json] = {"role": "assistant", "content": {"type": "text", "text": "a"}}
    assert message_to_wire(Message("assistant", Text("a"))) == wire
    assert message_from_wire(wire) == Message("assistant", Text("a"))
    for wrong in (None, {}, {"role": "system", "content": wire["content"]}, {"role": "user"}):
        with pytest.raises(ValueError, match=r"."):
            message_from_wire(wrong)
