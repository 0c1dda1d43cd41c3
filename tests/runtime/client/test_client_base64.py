"""Bytes are base64 on the wire, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.client import InvalidAnswer, from_base64, to_base64
from automcp.runtime.shared.model import UNSET


@pytest.mark.parametrize("data", [b"", b"\x00\xff", bytes(range(256))])
def test_there_and_back(data: bytes) -> None:
    assert from_base64(to_base64(data)) == data


def test_what_is_not_there_stays_away() -> None:
    assert (to_base64(None), to_base64(UNSET), from_base64(None)) == (None, UNSET, None)


@pytest.mark.parametrize("text", ["a", "a===", "äöü=", "_-__", "aGk=\n"])
def test_what_is_no_base64_is_no_answer(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="the answer is no base64"):
        from_base64(text)


def test_a_text_is_no_bytes() -> None:
    text: Any = "aGk="
    with pytest.raises(TypeError):
        to_base64(text)
