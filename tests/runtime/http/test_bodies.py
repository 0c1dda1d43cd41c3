"""What requests carry, read back by parsers that are not ours."""

from __future__ import annotations

import base64
import json
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import cast
from urllib.parse import parse_qsl

import pytest
from automcp.runtime.http.bodies import (
    Body,
    Part,
    binary_body,
    form_body,
    json_body,
    multipart_body,
    text_body,
)
from automcp.runtime.shared.failure import ArgumentError
from automcp.runtime.shared.model import UNSET, Model

PICTURE = bytes(range(256))


def fields(body: Body | None) -> list[tuple[str, str]]:
    assert body is not None
    assert body.media_type == "application/x-www-form-urlencoded"
    return parse_qsl(body.content.decode("ascii"), keep_blank_values=True, strict_parsing=True)


def parts(body: Body | None) -> list[EmailMessage]:
    assert body is not None
    head = f"Content-Type: {body.media_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body.content)
    assert not message.defects
    return cast("list[EmailMessage]", list(message.iter_parts()))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": 1.0, "c": [True, None, "ä\u2028"]}, '{"a":1,"b":1.0,"c":[true,null,"ä\u2028"]}'),
        (2**80, str(2**80)),
        (0.1, "0.1"),
        ("", '""'),
        (None, "null"),
        ([], "[]"),
        ({"a": UNSET, "b": {"c": UNSET}}, '{"b":{}}'),
    ],
)  # fmt: skip
def test_json_is_what_was_sent(value: object, text: str) -> None:
    assert json_body(value) == Body(text.encode(), "application/json")


def test_json_of_models_and_of_nothing() -> None:
    class Pet(Model):
        name: str
        tag: str | None = None

    assert json_body(Pet(name="Rex"), "application/merge-patch+json") == Body(
        b'{"name":"Rex"}', "application/merge-patch+json"
    )
    for make in (json_body, text_body, form_body, multipart_body):
        assert make(UNSET) is None
    assert binary_body("x", UNSET) is None
    with pytest.raises(ArgumentError, match="cannot be sent"):
        json_body({"a": "\ud800"})


def test_texts() -> None:
    assert text_body("ä\n") == Body("ä\n".encode(), "text/plain; charset=utf-8")
    assert text_body(1.0) == Body(b"1", "text/plain; charset=utf-8")
    assert text_body("<a/>", "application/xml") == Body(b"<a/>", "application/xml")
    latin = "text/plain; charset=ISO-8859-1"
    assert text_body("ä", latin) == Body(b"\xe4", latin)
    with pytest.raises(ArgumentError, match="body holds characters that iso8859-1 lacks"):
        text_body("€", latin)


def test_bytes_come_from_base64() -> None:
    wire = base64.b64encode(PICTURE).decode()
    assert binary_body("x", wire) == Body(PICTURE, "application/octet-stream")
    wrapped = "\r\n".join(wire[at : at + 76] for at in range(0, len(wire), 76))
    assert binary_body("x", wrapped, "image/png") == Body(PICTURE, "image/png")
    for wrong in ("no base64!", "YQ", "YQ==YQ==", "ä", 5, None, ["YQ=="]):
        with pytest.raises(ArgumentError, match="photo must be Base64 text"):
            binary_body("photo", wrong)


def test_forms() -> None:
    value = {"a b": "c&d=ä +", "n": 1.0, "t": True, "e": "", "z": None, "not": UNSET}
    assert fields(form_body(value)) == [
        ("a b", "c&d=ä +"), ("n", "1"), ("t", "true"), ("e", ""),
    ]  # fmt: skip
    nested = {"list": [1, 2], "none": [], "object": {"x": [1]}, "mixed": [{"y": 2}]}
    assert fields(form_body(nested)) == [
        ("list", "1"), ("list", "2"), ("object", '{"x":[1]}'), ("mixed", '{"y":2}'),
    ]  # fmt: skip
    styled = {
        "list": Part(explode=False),
        "spaces": Part(style="spaceDelimited", explode=False),
        "pipes": Part(style="pipeDelimited", explode=False),
        "deep": Part(style="deepObject"),
        "object": Part(explode=True),
        "json": Part(media_type="application/json"),
    }
    value = {"list": [1, 2], "spaces": [1, 2], "pipes": [1, 2], "deep": {"a": 1}, "object": {"b": 2}, "json": [3]}  # fmt: skip
    assert fields(form_body(value, styled)) == [
        ("list", "1,2"), ("spaces", "1 2"), ("pipes", "1|2"), ("deep[a]", "1"), ("b", "2"), ("json", "[3]"),
    ]  # fmt: skip
    for wrong in ("text", [1], None):
        with pytest.raises(ArgumentError, match="body must be an object"):
            form_body(wrong)


def test_multipart() -> None:
    styled = {
        "photo": Part(file=True, media_type="image/png", headers={"X-Width": "100"}),
        "files": Part(file=True),
        "tags": Part(explode=False),
        "deep": Part(style="deepObject"),
        "note": Part(media_type="text/markdown"),
        "list": Part(media_type="application/json"),
    }
    wire = base64.b64encode(PICTURE).decode()
    value = {
        "name": "Ä\r\nX: y", "photo": wire, "files": ["YQ==", "Yg=="], "tags": [1, 2], "deep": {"a": {"b": 1}},
        "note": "# hi", "meta": {"n": 1}, "many": ["x", "y"], "list": [1, 2], "not": UNSET, "null": None,
    }  # fmt: skip
    found = [
        (
            part["Content-Disposition"].params["name"],
            part["Content-Disposition"].params.get("filename"),
            part["Content-Type"],
            part["X-Width"],
            part.get_payload(decode=True),
        )
        for part in parts(multipart_body(value, styled))
    ]
    assert found == [
        ("name", None, None, None, "Ä\r\nX: y".encode()),
        ("photo", "photo", "image/png", "100", PICTURE),
        ("files", "files", "application/octet-stream", None, b"a"),
        ("files", "files", "application/octet-stream", None, b"b"),
        ("tags", None, None, None, b"1,2"),
        ("deep[a][b]", None, None, None, b"1"),
        ("note", None, "text/markdown", None, b"# hi"),
        ("meta", None, "application/json", None, b'{"n":1}'),
        ("many", None, None, None, b"x"),
        ("many", None, None, None, b"y"),
        ("list", None, "application/json", None, b"[1,2]"),
    ]
    mixed = multipart_body({"a": 1}, media_type="multipart/mixed")
    assert mixed is not None and mixed.media_type.startswith("multipart/mixed; boundary=")
    assert multipart_body({}) is not None


def test_no_name_of_a_callers_breaks_out_of_its_part() -> None:
    evil = '../../x"; filename="evil\r\nX-Evil: 1'
    body = multipart_body({evil: "YQ=="}, {evil: Part(file=True)})
    (part,) = parts(body)
    assert "X-Evil" not in part and body is not None
    (filename,) = [line for line in body.content.split(b"\r\n") if b"filename=" in line]
    assert b'filename="_' in filename and b"/" not in filename.rpartition(b"filename=")[2]
    with pytest.raises(ArgumentError, match="control characters"):
        multipart_body({"a": 1}, {"a": Part(headers={"X": "a\r\nb"})})


def test_json_parses_back() -> None:
    body = json_body({"deep": [[{"a": [1e300, -0.0, "\u2029"]}]]})
    assert body is not None
    assert json.loads(body.content) == {"deep": [[{"a": [1e300, -0.0, "\u2029"]}]]}
