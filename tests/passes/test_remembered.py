"""Types come from the cache where schemas are the same, and are as if they were decided anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from automcp import cache
from automcp.ir.model import Service
from automcp.pipeline import analyse
from automcp.project import read_file
from automcp.targets.python import remembered
from automcp.targets.python.models import Types, types_of
from automcp.targets.python.remembered import known_types
from automcp.text.report import Report

from ..golden.cases import FOLDER, NAMES
from .specs import service

SPEC = """
    schemas:
      Day: {type: object, properties: {high: {type: number}}}
      Id: {type: string}
    errors: {Gone: {description: Gone., data: {type: object, properties: {id: {$ref: "#/schemas/Id"}}}}}
    groups:
      forecast:
        description: Forecasts.
        operations:
          daily: {description: By day., params: {days: {type: integer, default: 3}}, returns: {$ref: "#/schemas/Day"}, errors: [Gone]}
          raw: {input: {type: object, properties: {a: {type: string}}}}
"""


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where types are kept; empty at first."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache/models"


class Decider:
    """Counts how often types are really decided."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, service: Service) -> Types:
        self.times += 1
        return types_of(service)


@pytest.fixture
def decider(monkeypatch: pytest.MonkeyPatch) -> Decider:
    counted = Decider()
    monkeypatch.setattr(remembered, "types_of", counted)
    return counted


@pytest.mark.parametrize("name", NAMES)
def test_types_are_the_same_with_and_without(
    name: str, decider: Decider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER / name)

    def read() -> Service:
        return analyse(read_file("spec.yaml"), read_file, Report())

    expected = types_of(read())
    assert known_types(read()) == expected
    assert known_types(read()) == expected
    assert decider.times == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("By day.", "Day by day."),
        ("Forecasts.", "What the weather will be."),
        ("raw: {", "raw: {effect: reads, timeout: 3s, title: Raw, "),
    ],
)
def test_texts_and_promises_change_no_type(old: str, new: str, decider: Decider) -> None:
    assert old in SPEC
    assert known_types(service(SPEC)) == known_types(service(SPEC.replace(old, new)))
    assert decider.times == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number", "integer"),
        ("days: {", "weeks: {"),
        ("default: 3", "default: 4"),
        ("integer, default", "integer, description: How many., default"),
        ("daily:", "hourly:"),
        ("forecast:", "outlook:"),
        ("Gone", "Away"),
        ("raw: {", "raw: {content: [text], "),
        ("a: {type: string}", "a: {type: [string, 'null']}"),
    ],
)
def test_what_types_depend_on_is_looked_at(old: str, new: str, decider: Decider) -> None:
    known_types(service(SPEC))
    assert old in SPEC
    edited = SPEC.replace(old, new)
    assert known_types(service(edited)) == types_of(service(edited))
    assert decider.times == 2


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"definitions": [], "arguments": {}}).encode(),
        json.dumps({"definitions": [1], "arguments": {}}).encode(),
        json.dumps({"definitions": [], "arguments": {"forecast_daily": "None"}}).encode(),
    ],
)
def test_what_are_no_types_is_decided_again(value: bytes, shelf: Path, decider: Decider) -> None:
    expected = known_types(service(SPEC))
    for path in shelf.iterdir():
        cache.write("models", {path.name: value})
    assert known_types(service(SPEC)) == expected
    assert decider.times == 2


def test_other_code_decides_anew(decider: Decider, monkeypatch: pytest.MonkeyPatch) -> None:
    known_types(service(SPEC))
    monkeypatch.setattr(remembered, "identity", lambda: "another")
    known_types(service(SPEC))
    assert decider.times == 2


def test_without_a_cache(decider: Decider, monkeypatch: pytest.MonkeyPatch, shelf: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert known_types(service(SPEC)) == known_types(service(SPEC))
    assert decider.times == 2
    assert not shelf.exists()
