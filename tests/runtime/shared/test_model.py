"""Values keep what was on the wire."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import automcp
import pytest
from automcp.runtime.shared.model import ABSENT, UNSET, Json, Model, Unset, given, to_json, typed
from hypothesis import given as drawn
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError


class Line(Model):
    sku: str
    quantity: int = 1
    note: str | None = ABSENT
    remark: str | None = None
    from_: Annotated[str | None, Field(alias="from")] = ABSENT


class Order(Model):
    lines: list[Line]
    more: Any = None


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    BIG = 3


def read(value: object) -> Line:
    return Line.model_validate(value, by_alias=True, by_name=False)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


CONVERSIONS: list[tuple[object, object]] = [
    (Line(sku="a"), {"sku": "a"}),
    (Line(sku="a", quantity=1), {"sku": "a", "quantity": 1}),
    (Line(sku="a", note=None), {"sku": "a"}),
    (Line(sku="a", remark=None), {"sku": "a", "remark": None}),
    (Line(sku="a", from_="b"), {"sku": "a", "from": "b"}),
    ([Line(sku="a"), (Line(sku="b"),)], [{"sku": "a"}, [{"sku": "b"}]]),
    (
        {"k": Order(lines=[Line(sku="a", note="n")])},
        {"k": {"lines": [{"sku": "a", "note": "n"}]}},
    ),
    (Order(lines=[], more=(1, Line(sku="a"))), {"lines": [], "more": [1, {"sku": "a"}]}),
    ({"a": UNSET, "b": [{"c": UNSET}]}, {"b": [{}]}),
    (Colour.RED, "red"),
    ([Size.BIG], [3]),
    (10**400, 10**400),
    (1.0, 1.0),
]


@drawn(json_values)
def test_json_comes_back_as_a_copy(value: Json) -> None:
    made = to_json(value)
    assert json.dumps(made) == json.dumps(value)
    assert _containers(made).isdisjoint(_containers(value))


def _containers(value: Json) -> set[int]:
    """The identities of all lists and objects in a value."""
    if isinstance(value, dict):
        return {id(value)}.union(*map(_containers, value.values()))
    if isinstance(value, list):
        return {id(value)}.union(*map(_containers, value))
    return set()


@drawn(st.dictionaries(st.text(), json_values))
def test_a_model_keeps_every_property_it_does_not_know(extra: dict[str, Any]) -> None:
    wire = {**extra, "sku": "tea"}
    for known in ("quantity", "note", "remark", "from"):
        wire.pop(known, None)
    assert to_json(read(wire)) == wire


@pytest.mark.parametrize(("value", "plain"), CONVERSIONS)
def test_values_become_json(value: object, plain: object) -> None:
    made = to_json(value)
    assert made == plain
    assert json.dumps(made) == json.dumps(plain)


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ({"a": [1, {"b c": {1}}]}, TypeError, 'a[1]["b c"]: a set is no JSON value'),
        (b"x", TypeError, "a bytes is no JSON value"),
        (Order(lines=[], more=[date(2026, 1, 2)]), TypeError, "more[0]: a date is no JSON value"),
        ({"n": float("nan")}, ValueError, "n: nan is no JSON number"),
        ([float("-inf")], ValueError, "[0]: -inf is no JSON number"),
        ({1: 2}, TypeError, "the key 1 is no string"),
        ([UNSET], TypeError, "[0]: a Unset is no JSON value"),
        ({"a": "\ud800"}, ValueError, "a: half a character (a lone surrogate) is no text"),
        ({"\ud800": 1}, ValueError, "half a character (a lone surrogate) is no text"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(
    value: object, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        to_json(value)
    assert str(caught.value).endswith(message)


def test_values_that_never_end_are_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    for value in (endless, {"a": endless}, Order(lines=[], more=endless)):
        with pytest.raises(ValueError):
            to_json(value)


def test_a_property_that_only_looks_like_a_field_is_kept_beside_it() -> None:
    wire = {"sku": "a", "from": "wire", "from_": "extra"}
    line = read(wire)
    assert line.from_ == "wire"
    assert to_json(line) == wire


def test_models_are_frozen_and_know_what_was_sent() -> None:
    line = read({"sku": "a", "remark": None})
    assert (line.sent("remark"), line.sent("note"), line.note, line.quantity) == (
        True,
        False,
        None,
        1,
    )
    with pytest.raises(ValidationError):
        cast("Any", line).sku = "b"


def test_a_foreign_model_is_a_value_too() -> None:
    class Foreign(BaseModel):
        a: int = 1

    assert to_json([Foreign(a=2), Foreign()]) == [{"a": 2}, {}]


def test_given_tells_none_from_nothing() -> None:
    assert given(None) is UNSET
    assert given("") == ""
    assert (repr(UNSET), bool(UNSET), isinstance(UNSET, Unset)) == ("UNSET", False, True)


TYPED = """\
from typing import Annotated, assert_type
from automcp.runtime.shared.model import UNSET, Model, Unset, ABSENT
from pydantic import Field
class Line(Model):
    sku: str
    note: str | None = ABSENT
    from_: Annotated[str | None, Field(alias="from")] = ABSENT
class Named(Model):
    from_: Annotated[str, Field(alias="from")]
def plain(value: str | Unset | None) -> None:
    if value is not UNSET:
        assert_type(value, str | None)
assert_type(Line(sku="x", from_="y").note, str | None)
Line(sku="x")
Named(from_="y")
"""


@pytest.mark.slow
@pytest.mark.parametrize(("more", "problem"), [("", None), ("Line()", "sku"), ("Named()", "from_")])
def test_type_checkers_know_what_a_model_needs(
    more: str, problem: str | None, tmp_path: Path
) -> None:
    module = tmp_path / "typed.py"
    module.write_text(TYPED + more)
    root = Path(automcp.__file__).parent.parent
    config = {"typeCheckingMode": "strict", "extraPaths": [str(root)], "include": ["."]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    commands = {
        "pyright": ["-m", "pyright", "-p", str(tmp_path), "--pythonpath", sys.executable],
        "mypy": [
            "-m",
            "mypy",
            "--strict",
            "--follow-imports=silent",
            "--cache-dir",
            str(tmp_path / "cache"),
            str(module),
        ],
    }
    for checker, arguments in commands.items():
        ran = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={"MYPYPATH": str(root), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        )
        assert (ran.returncode == 0) == (problem is None), f"{checker}: {ran.stdout}{ran.stderr}"
        assert problem is None or problem in ran.stdout, checker


@pytest.mark.parametrize("number", [1.0, 1e18, 1e19, 1e300, 10**40])
def test_every_whole_number_is_an_integer(number: float) -> None:
    read = TypeAdapter(dict[str, list[int]]).validate_python
    assert typed(read, {"a": [number]}) == {"a": [number]}


def test_what_is_no_integer_stays_none() -> None:
    with pytest.raises(ValidationError):
        typed(TypeAdapter(int).validate_python, 1.5)
