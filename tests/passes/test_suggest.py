"""What somebody probably meant."""

from __future__ import annotations

import time

import pytest
from automcp.text.suggest import did_you_mean, nearest

KEYS = ("title", "description", "params", "returns", "errors", "effect", "id")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titel", "title"),
        ("tilte", "title"),
        ("Title", "title"),
        ("descripton", "description"),
        ("discripption", "description"),
        ("param", "params"),
        ("error", "errors"),
        ("resources", None),
        ("colour", None),
        ("x", None),
        ("xy", None),
        ("ID", "id"),
        ("", None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, KEYS) == meant


def test_the_nearer_word_wins() -> None:
    assert nearest("reads", ["read", "reads"]) == "reads"
    assert nearest("reads", []) is None


def test_did_you_mean() -> None:
    assert did_you_mean("titel", KEYS) == "did you mean `title`?"
    assert did_you_mean("colour", KEYS) is None


def test_a_hostile_word_costs_nothing() -> None:
    start = time.perf_counter()
    assert nearest("a" * 1_000_000, ["b" * 1_000_000] * 1000) is None
    assert time.perf_counter() - start < 1
