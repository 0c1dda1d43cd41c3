"""What callers send becomes arguments, and never an option."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from automcp.runtime.command.argv import any_option, any_words, below, option, words
from automcp.runtime.shared.failure import ArgumentError
from automcp.runtime.shared.model import UNSET, Model


def flagged(**given: object) -> list[str]:
    return option("--flag", **given)


class Point(Model):
    x: int
    y: int | None = None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a b", ["a b"]),
        ("", [""]),
        (3, ["3"]),
        (0.5, ["0.5"]),
        (True, ["true"]),
        (None, []),
        (UNSET, []),
        ([], []),
        (["a", 1, None, UNSET, False], ["a", "1", "false"]),
        ({"a": [1, None]}, ['{"a":[1,null]}']),
        (Point.model_validate({"x": 1}), ['{"x":1}']),
        ("$(reboot); `x` | y", ["$(reboot); `x` | y"]),
        ("–not a dash–", ["–not a dash–"]),
    ],
)
def test_values(value: object, expected: list[str]) -> None:
    assert words(given=value) == expected
    assert any_words(given=value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, ["--flag"]),
        (False, []),
        (None, []),
        (UNSET, []),
        (5, ["--flag", "5"]),
        (["a", "b"], ["--flag", "a", "--flag", "b"]),
    ],
)
def test_options(value: object, expected: list[str]) -> None:
    assert option("--flag", given=value) == expected
    assert any_option("--flag", given=value) == expected


@pytest.mark.parametrize("value", ["-rf", "--output=/etc/passwd", "-", ["a", "-b"], -5])
@pytest.mark.parametrize("spell", [words, flagged])
def test_a_value_that_would_be_an_option_is_refused(
    value: object, spell: Callable[..., list[str]]
) -> None:
    with pytest.raises(ArgumentError, match="must not begin with `-`") as refused:
        spell(**{"max-count": value})
    assert refused.value.name == "max-count"


def test_a_value_may_begin_with_a_dash_where_the_spec_says_so() -> None:
    assert any_words(given=["-5", "--"]) == ["-5", "--"]
    assert any_option("-n", given=-5) == ["-n", "-5"]


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
@pytest.mark.parametrize("spell", [words, any_words, below])
def test_what_no_system_takes_is_refused(value: str, spell: Callable[..., object]) -> None:
    with pytest.raises(ArgumentError, match="must not hold"):
        spell(given=value)


@pytest.mark.parametrize("path", ["a", "a/b", "...", "a/..b", "a b", "a/"])
def test_folders_below(path: str) -> None:
    assert below(given=path) == path


@pytest.mark.parametrize(
    "path", ["..", "../a", "a/../../b", "/etc", "a\\..\\b", "\\\\host", "C:", "C:\\a", "", UNSET]
)
def test_folders_elsewhere_are_refused(path: object) -> None:
    with pytest.raises(ArgumentError, match="further down"):
        below(given=path)
