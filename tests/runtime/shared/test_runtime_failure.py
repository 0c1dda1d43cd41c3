"""Failures go over the wire and come back."""

from __future__ import annotations

import json

import pytest
from automcp.runtime.shared.failure import (
    MESSAGE_LIMIT,
    BackendError,
    DeclaredError,
    Failure,
    from_wire,
    plain_line,
    to_wire,
)
from automcp.runtime.shared.violation import Violation


class Busy(DeclaredError):
    name = "Busy"
    retryable = True


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        (Failure("Busy", "Come back.", retryable=True), "Busy: Come back."),
        (Failure("Busy", ""), "Busy"),
        (
            Failure("Full", "No room.", {"left": [0], "ö": None}),
            'Full: No room.\n{"left":[0],"ö":null}',
        ),
        (
            Failure("InternalError", "It failed.", reference="ab12"),
            "InternalError: It failed.\nReference: ab12",
        ),
        (
            Failure(
                "InvalidArguments",
                "One.",
                details=(Violation("", "is bad"), Violation("a[0]", "too")),
            ),
            "InvalidArguments: One.\n- the value is bad\n- a[0] too",
        ),
    ],
)
def test_a_failure_survives_the_wire(failure: Failure, text: str) -> None:
    said, structured = to_wire(failure)
    assert said == text
    assert from_wire(json.loads(json.dumps(structured))) == failure


@pytest.mark.parametrize(
    "structured",
    [
        None,
        5,
        [],
        {},
        {"error": None},
        {"error": "x"},
        {"error": {"name": "A"}},
        {"error": {"name": 1, "message": ""}},
    ],
)
def test_another_server_s_errors_are_none_of_ours(structured: object) -> None:
    assert from_wire(structured) is None


def test_parts_of_the_wrong_type_are_left_out() -> None:
    error = {
        "name": "A",
        "message": "m",
        "retryable": "yes",
        "reference": 5,
        "details": [{"path": "a", "message": "b"}, {"path": 1, "message": "b"}, "x", None],
        "more": 1,
    }
    assert from_wire({"error": error}) == Failure("A", "m", details=(Violation("a", "b"),))
    assert from_wire({"error": {**error, "details": {"a": 1}}}) == Failure("A", "m")


def test_a_declared_error_becomes_a_failure() -> None:
    assert Failure.of(Busy("Later.", {"at": [1]})) == Failure("Busy", "Later.", {"at": [1]}, True)
    with pytest.raises(TypeError, match="a set is no JSON"):
        Failure.of(Busy("Later.", {1}))
    with pytest.raises(ValueError, match="half a character"):
        Failure.of(Busy("\ud800"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no such table: notes", "no such table: notes"),
        ("two\r\n  lines\t", "two lines"),
        ("\x1b[31mred\x00\u202e", "[31mred"),
        ("größer 日本", "größer 日本"),
        ("x" * 5000, "x" * (MESSAGE_LIMIT - 1) + "…"),
        ("\n" * 5000 + "x", ""),
    ],
)
def test_what_others_say_is_one_harmless_line(text: str, line: str) -> None:
    assert plain_line(text) == line == str(BackendError(text))
