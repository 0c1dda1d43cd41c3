"""JSON for files: what the standard library prints, but for characters that no editor shows."""

from __future__ import annotations

import json

from automcp.ir.values import Json
from automcp.targets.surface import printed
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def _by_the_standard_library(document: Json) -> str:
    lines = json.dumps(document, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(line if line.isprintable() else _escaped(line) for line in lines) + "\n"


def _escaped(line: str) -> str:
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


@given(VALUES)
def test_as_the_standard_library_does(document: Json) -> None:
    assert printed(document) == _by_the_standard_library(document)


def test_what_is_empty_and_what_is_not_shown() -> None:
    assert printed({}) == "{}\n"
    assert printed([[], {"a": {}}]) == '[\n  [],\n  {\n    "a": {}\n  }\n]\n'
    assert printed({"\u202e": "\x1b\x7f\u2028é"}) == (
        '{\n  "\\u202e": "\\u001b\\u007f\\u2028é"\n}\n'
    )
