"""How types are spelled: as if all were asked about at once, from the cache as without it, and never as code."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from automcp import cache
from automcp.pipeline import analyse
from automcp.project import read_file, read_source
from automcp.targets.python import annotations, models, spelling
from automcp.targets.python.annotations import Annotations, annotate, names_in
from automcp.targets.python.skeleton import (
    ANY,
    Alias,
    Definition,
    Field,
    Record,
    Skeleton,
    array,
    mapping,
    reference,
    union,
)
from automcp.targets.python.spelling import Answer, Question, spelled
from automcp.text.report import Report

from ..live.awkward import CASES
from ..live.compiled import service
from ..live.routes import ROUTES, routes_of, spec

GOLDEN = Path(__file__).parents[1] / "golden/cases"
TEXT: Skeleton = {"type": "string"}


def record(name: str, *types: Skeleton) -> Record:
    fields = (Field(f"f{at}", f"f{at}", one, True) for at, one in enumerate(types))
    return Record(name, tuple(fields))


def whole(definitions: Sequence[Definition]) -> dict[tuple[str, str], str]:
    """The types of all fields, by a module that has all definitions in it."""
    document: dict[str, object] = {}
    for one in definitions:
        if isinstance(one, Alias):
            document[one.name] = one.type
        else:
            properties = {field.name: field.type for field in one.fields}
            required = list(properties)
            document[one.name] = {"type": "object", "properties": properties, "required": required}
    module = ast.parse(spelling.generated(document))
    asked = {one.name for one in definitions}
    lifted = {
        statement.targets[0].id
        for statement in module.body
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
    } - asked
    return {
        (statement.name, name): _without(lifted, text)
        for statement in module.body
        if isinstance(statement, ast.ClassDef)
        for name, text in spelling.fields_of(statement)
    }


def _without(lifted: set[str], text: str) -> str:
    return text if not lifted & names_in(text) else "lifted"


def definitions_of(found: Any, monkeypatch: pytest.MonkeyPatch) -> list[Definition]:
    """What a service asks about."""
    asked: list[Definition] = []

    def noted(definitions: Any) -> Annotations:
        asked.extend(definitions)
        return annotate(asked)

    monkeypatch.setattr(models, "annotate", noted)
    models.types_of(found)
    return asked


@pytest.mark.parametrize("case", sorted(path.name for path in GOLDEN.iterdir()))
def test_asking_once_per_shape_changes_nothing(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = GOLDEN.glob(f"{case}/spec.yaml")
    asked = definitions_of(analyse(read_source(path), read_file, Report()), monkeypatch)
    assert dict(annotate(asked).fields) == whole(asked)


def test_nor_for_awkward_schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(at, case) for at in ROUTES for case in CASES if at in set(routes_of(case.schema))]
    cases = {at: {case.name: case.schema for on, case in rows if on == at} for at in ROUTES}
    files = {name: text for case in CASES for name, text in case.files.items()}
    asked = definitions_of(service(spec(cases), files=files), monkeypatch)
    assert len(asked) > 100
    expected = whole(asked)
    found = annotate(asked).fields
    assert found.keys() == expected.keys()
    different = {key for key, text in expected.items() if text not in (found[key], "lifted")}
    assert different == set()


ASKED = [
    Alias("Id", TEXT),
    record("Line", {"enum": ["record_0", "é"]}, array(reference("Line")), TEXT, ANY),
    record("Order", array(reference("Line")), reference("Line"), reference("Id"), TEXT),
    record("Both", union([reference("Order"), mapping(reference("Line"))]), reference("Both")),
    record("Mixed", union([reference("Order"), reference("Id")])),
]


def test_names_come_back() -> None:
    found = annotate(ASKED)
    assert dict(found.aliases) == {"Id": "str"}
    assert list(found.fields.items()) == [
        (("Line", "f0"), "Literal['record_0', 'é']"),
        (("Line", "f1"), "list[Line]"),
        (("Line", "f2"), "str"),
        (("Line", "f3"), "Any"),
        (("Order", "f0"), "list[Line]"),
        (("Order", "f1"), "Line"),
        (("Order", "f2"), "Id"),
        (("Order", "f3"), "str"),
        (("Both", "f0"), "Order | dict[str, Line]"),
        (("Both", "f1"), "Both"),
        (("Mixed", "f0"), "Order | Id"),
    ]


def test_the_question_does_not_grow_with_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []

    def noted(question: Question) -> Answer:
        asked.append(question)
        return spelled(question)

    monkeypatch.setattr(annotations, "spelled", noted)
    for many in (2, 200):
        annotate(
            one
            for at in range(many)
            for one in (record(f"A{at}", TEXT, array(reference(f"B{at}"))), record(f"B{at}", TEXT))
        )
    assert asked[0] == asked[1]


def test_nothing_to_ask() -> None:
    assert annotate([]) == Annotations({}, {})
    assert annotate([record("Empty")]) == Annotations({}, {})


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where answers are kept; empty at first."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache/models"


def _never(document: object) -> str:
    raise AssertionError("asked again")


def test_an_answer_is_kept(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv(cache.VARIABLE, "off")
        expected = annotate(ASKED)
        assert not shelf.exists()
    first = annotate(ASKED)
    monkeypatch.setattr(spelling, "generated", _never)
    assert first == annotate(ASKED) == expected


def test_other_questions_and_other_code_ask_anew(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate(ASKED)
    annotate([*ASKED, record("More", array(array(TEXT)))])
    assert len(list(shelf.iterdir())) == 2
    monkeypatch.setattr(spelling, "identity", lambda: "another")
    annotate(ASKED)
    assert len(list(shelf.iterdir())) == 3


CODE = "__import__('os').system('true')"


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"aliases": {}, "shapes": []}).encode(),
        json.dumps({"aliases": {"Id": CODE}, "shapes": ["str"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": [CODE]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["str\nimport os"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["str  # noted"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["str\n"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["(x := 1)"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["os.system"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["[x for x in y]"]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": [1]}).encode(),
        json.dumps({"aliases": {"Id": "str"}, "shapes": ["str", "str"]}).encode(),
    ],
)
def test_what_is_no_answer_is_asked_again(value: bytes, shelf: Path) -> None:
    asked = [Alias("Id", TEXT), record("Order", {"type": "integer"})]
    expected = annotate(asked)
    (path,) = shelf.iterdir()
    good = path.read_bytes()
    cache.write("models", {path.name: value})
    assert path.read_bytes() != good
    assert annotate(asked) == expected
    assert path.read_bytes() == good


def test_damaged_answers_are_asked_again(shelf: Path) -> None:
    expected = annotate(ASKED)
    (path,) = shelf.iterdir()
    good = path.read_bytes()
    path.write_bytes(good.replace(b"Line", b"Lime"))
    assert annotate(ASKED) == expected
    assert path.read_bytes() == good


def test_a_broken_installation_has_no_cache(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise OSError

    monkeypatch.setattr(spelling, "identity", broken)
    assert annotate(ASKED).aliases == {"Id": "str"}
    assert not shelf.exists()
