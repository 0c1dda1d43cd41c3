"""What a backend is sent: what nobody sent is left out."""

from __future__ import annotations

import pytest
from automcp.runtime.bound.values import revealed, sent, spelled, text
from automcp.runtime.shared.model import ABSENT, UNSET, Model
from pydantic import SecretStr


class Line(Model):
    sku: str
    note: str | None = ABSENT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNSET, UNSET),
        (None, None),
        ({"a": UNSET, "b": None}, {"b": None}),
        ({"a": {"b": UNSET}, "c": [UNSET, 1]}, {"a": {}, "c": [1]}),
        ([Line(sku="A"), UNSET], [{"sku": "A"}]),
        (
            {"lines": (Line.model_validate({"sku": "A", "x": 1}),)},
            {"lines": [{"sku": "A", "x": 1}]},
        ),
    ],
)
def test_sent(value: object, expected: object) -> None:
    assert sent(value) == expected


def test_what_is_no_json_is_not_sent() -> None:
    with pytest.raises(TypeError):
        sent({"a": [object()]})
    with pytest.raises(ValueError, match="surrogate"):
        sent({"\ud800": 1})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (True, "true"),
        (1.5, "1.5"),
        (None, "null"),
        (["ä", 1], '["ä",1]'),
        (Line(sku="A"), '{"sku":"A"}'),
        (UNSET, UNSET),
    ],
)
def test_spelled(value: object, expected: object) -> None:
    assert spelled(value) == expected


def test_half_a_text_is_none() -> None:
    assert text("a", 1, True) == "a1true"
    assert text("a", UNSET) is UNSET


def test_secrets() -> None:
    assert revealed(SecretStr("hunter2")) == "hunter2"
    assert revealed(None) is UNSET
