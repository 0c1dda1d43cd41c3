"""JSON for files: the same JSON, readable, without what no editor shows."""

from __future__ import annotations

import json

import pytest
from automcp.ir.values import Json
from automcp.targets.printing import printed, printed_lists
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_nothing_is_lost(document: Json) -> None:
    listed: dict[str, Json] = {"all": document, "list": [document]}
    for text in (printed(document), printed_lists(listed)):
        assert all(line.isprintable() for line in text.split("\n"))
        assert text.endswith("\n")
    assert json.loads(printed(document)) == document
    assert json.loads(printed_lists(listed)) == listed


@given(VALUES)
def test_what_fits_on_a_line_stands_on_one(document: Json) -> None:
    whole = json.dumps(document, ensure_ascii=False)
    if whole.isprintable() and len(whole) < 139:
        assert printed(document) == f"{whole}\n"


SMALL: list[tuple[Json, str]] = [
    ({}, "{}\n"),
    ([[], {"a": {}}], '[[], {"a": {}}]\n'),
    ({"\u202e": "\x1b\x7f\u2028é"}, '{"\\u202e": "\\u001b\\u007f\\u2028é"}\n'),
    ({"a": "x" * 130, "b": [1, 2]}, '{\n  "a": "' + "x" * 130 + '",\n  "b": [1, 2]\n}\n'),
]


@pytest.mark.parametrize(("document", "text"), SMALL)
def test_small_things_stand_on_one_line(document: Json, text: str) -> None:
    assert printed(document) == text


def test_records_stand_on_one_line_each() -> None:
    long: Json = {"a": "x" * 200, "b": {"c": [1, {}]}}
    said = json.dumps(long)
    assert printed_lists({"none": [], "some": [long, 2], "other": {"d": 1}}) == (
        f'{{\n  "none": [],\n  "some": [\n    {said},\n    2\n  ],\n  "other": {{"d": 1}}\n}}\n'
    )
